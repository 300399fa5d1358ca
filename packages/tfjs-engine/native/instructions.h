// Loops compiled for several instruction sets, of which the best that the processor has is taken at run time: a
// compiled file may serve unequal machines.
#pragma once

#define FRACTURA_INLINE inline __attribute__((always_inline))

#if defined(__x86_64__)
template <typename Loop, typename... Given>
__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))) void runAvx512(Given... given) {
  Loop::run(given...);
}

template <typename Loop, typename... Given>
__attribute__((target("avx2,fma"))) void runAvx2(Given... given) {
  Loop::run(given...);
}

enum class Instructions { plain, avx2, avx512 };

inline Instructions bestInstructions() {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return Instructions::avx512;
  }
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? Instructions::avx2 : Instructions::plain;
}
#endif

// Calls run, a FRACTURA_INLINE static function, of Wide where registers are those of AVX-512 and of Narrow elsewhere.
template <typename Wide, typename Narrow, typename... Given>
void fastestOf(Given... given) {
#if defined(__x86_64__)
  static const Instructions best = bestInstructions();
  if (best == Instructions::avx512) return runAvx512<Wide>(given...);
  if (best == Instructions::avx2) return runAvx2<Narrow>(given...);
#endif
  Narrow::run(given...);
}

template <typename Loop, typename... Given>
void fastest(Given... given) {
  fastestOf<Loop, Loop>(given...);
}
