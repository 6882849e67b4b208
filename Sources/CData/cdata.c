#include "cdata.h"

// #embed is C23, and takes a second for all faces; SwiftPM's own embedding makes a Swift array literal and takes
// minutes.

static const unsigned char regular[] = {
#embed "../../fonts/DejaVuSansMono.ttf"
};
static const unsigned char bold[] = {
#embed "../../fonts/DejaVuSansMono-Bold.ttf"
};
static const unsigned char kana[] = {
#embed "../../fonts/NotoSansMonoCJKjp-Kana.otf"
};
static const unsigned char kana_bold[] = {
#embed "../../fonts/NotoSansMonoCJKjp-Kana-Bold.otf"
};
static const unsigned char last_resort[] = {
#embed "../../fonts/Unifont-LastResort.otf"
};

#define BYTES(NAME)                                                 \
  const unsigned char *cdata_face_##NAME(size_t *size) {            \
    *size = sizeof NAME;                                            \
    return NAME;                                                    \
  }

BYTES(regular)
BYTES(bold)
BYTES(kana)
BYTES(kana_bold)
BYTES(last_resort)
