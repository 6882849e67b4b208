#pragma once
#include <stddef.h>

// Files that the binary carries. Each function gives the address of the bytes and writes their number to `size`; they
// live as long as the process.

// Faces; fonts/README.md names authors and licences.
const unsigned char *_Nonnull cdata_face_regular(size_t *_Nonnull size);
const unsigned char *_Nonnull cdata_face_bold(size_t *_Nonnull size);
const unsigned char *_Nonnull cdata_face_kana(size_t *_Nonnull size);
const unsigned char *_Nonnull cdata_face_kana_bold(size_t *_Nonnull size);
const unsigned char *_Nonnull cdata_face_last_resort(size_t *_Nonnull size);
