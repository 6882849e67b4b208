import SceneLang
import Testing

@testable import Renderer

@Suite struct GridGeometryTests {
  private func geometry(_ fontSize: Double, _ width: Int, _ height: Int, face: Grid.Face = .bold) -> GridGeometry {
    GridGeometry(
      grid: Grid(fontSize: fontSize, face: face),
      format: PictureFormat(width: width, height: height, fps: FrameRate(24)),
      faces: FaceLibrary())
  }

  @Test(
    arguments: zip(
      [8.0, 10, 16, 20, 24, 40],
      [
        [384, 108, 5, 10], [320, 83, 6, 13], [192, 56, 10, 19], [160, 45, 12, 24], [137, 37, 14, 29], [80, 22, 24, 48],
      ]))
  func landscapeGridsFollowFromTheFace(fontSize: Double, expected: [Int]) {
    let grid = geometry(fontSize, 1920, 1080)
    #expect([grid.columns, grid.rows, grid.cellWidth, grid.cellHeight] == expected)
    #expect(grid == geometry(fontSize, 1920, 1080, face: .regular))
  }

  @Test func portraitAndSquareHaveTheirOwnCounts() {
    let portrait = geometry(16, 1080, 1920)
    #expect([portrait.columns, portrait.rows] == [108, 101])
    let square = geometry(20, 1080, 1080)
    #expect([square.columns, square.rows] == [90, 45])
    let ultrawide = geometry(16, 2560, 1080)
    #expect([ultrawide.columns, ultrawide.rows] == [256, 56])
  }

  @Test(arguments: [8.0, 10, 16, 20, 24, 40], [(480, 270), (960, 540), (1280, 720), (3840, 2160)])
  func cellCountsDoNotChangeWithTheQuality(fontSize: Double, size: (Int, Int)) {
    let reference = geometry(fontSize, 1920, 1080)
    let actual = geometry(fontSize, size.0, size.1)
    #expect([actual.columns, actual.rows] == [reference.columns, reference.rows])
    // Coordinates are those of the pixels, so that the same place is named alike at every size.
    #expect(actual.cellWidthShare == Double(actual.cellWidth) / Double(size.1))
    #expect(actual.cellHeightShare == Double(actual.cellHeight) / Double(size.1))
  }

  @Test func whatIsMissingIsMarginAndWhatOverflowsIsCroppedEvenly() {
    let reference = geometry(16, 1920, 1080)
    #expect([reference.originX, reference.originY] == [0, 8])
    // 56 rows of 9.5 pixels become rows of 10: 560 pixels in 540.
    let draft = geometry(16, 960, 540)
    #expect([draft.cellWidth, draft.cellHeight, draft.originX, draft.originY] == [5, 10, 0, -10])
  }

  @Test func positionsAreCentredInSharesOfTheShorterSide() {
    let grid = geometry(20, 1920, 1080)
    #expect(grid.x(column: 0) == -grid.x(column: grid.columns - 1))
    #expect(grid.y(row: grid.rows / 2) == 0)
    #expect(abs(grid.x(column: 159) - (1920 - 12) / 2.0 / 1080) < 1e-12)
  }

  @Test func theSmallestPictureStillHasCells() {
    let grid = geometry(8, 16, 16)
    #expect(grid.cellWidth == 1 && grid.cellHeight == 1 && grid.columns == 216)
  }
}
