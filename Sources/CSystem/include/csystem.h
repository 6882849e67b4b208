// What Swift cannot reach by itself: processor features, and the few Linux calls that Glibc's module hides.
#pragma once

// 0: baseline x86-64 (or another architecture), 2: x86-64-v3, 3: x86-64-v4 with VBMI.
int csystem_cpu_level(void);
