import Renderer
import SceneLang

print("ascii-scene")
