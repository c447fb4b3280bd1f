/* Peak rate of single-precision fused multiply-add: the hard limit of any float32 matrix product here.
 * fma-peak THREADS prints {"isa": name, "one": GF/s of one thread, "all": GF/s of THREADS threads,
 * "cpuMs": processor time that the program took}.
 * Enough independent accumulators hide the latency; nothing touches memory. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__AVX512F__)
#include <immintrin.h>
#define ISA "AVX-512"
#define LANES 16
#define ACCUMULATORS 16
typedef __m512 vector;
#define SET(x) _mm512_set1_ps(x)
#define FMA(a, b, c) _mm512_fmadd_ps(a, b, c)
#elif defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define ISA "AVX2"
#define LANES 8
#define ACCUMULATORS 12
typedef __m256 vector;
#define SET(x) _mm256_set1_ps(x)
#define FMA(a, b, c) _mm256_fmadd_ps(a, b, c)
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#define ISA "NEON"
#define LANES 4
#define ACCUMULATORS 20
typedef float32x4_t vector;
#define SET(x) vdupq_n_f32(x)
#define FMA(a, b, c) vfmaq_f32(c, a, b)
#else
#error "no fused multiply-add that this program knows"
#endif

#define STEPS 30000000L
#define REPEATS 3
#define MAX_THREADS 1024

struct span {
  double start, end;
  float sink;
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static volatile float factor = 1.0000001f, addend = 1e-9f;

static void *work(void *argument) {
  struct span *span = argument;
  vector b = SET(factor), c = SET(addend), a[ACCUMULATORS];
  for (int i = 0; i < ACCUMULATORS; i++) a[i] = SET(0.1f * i);
  span->start = now();
  for (long step = 0; step < STEPS; step++)
    for (int i = 0; i < ACCUMULATORS; i++) a[i] = FMA(a[i], b, c);
  span->end = now();
  float lanes[LANES], sum = 0;
  for (int i = 0; i < ACCUMULATORS; i++) {
    __builtin_memcpy(lanes, &a[i], sizeof lanes);
    for (int lane = 0; lane < LANES; lane++) sum += lanes[lane];
  }
  span->sink = sum;
  return NULL;
}

/* Best of several runs: whatever disturbs can only make it slower. */
static double rate(int threads) {
  static pthread_t ids[MAX_THREADS];
  static struct span spans[MAX_THREADS];
  double best = 0;
  for (int repeat = 0; repeat < REPEATS; repeat++) {
    for (int i = 0; i < threads; i++)
      if (pthread_create(&ids[i], NULL, work, &spans[i]) != 0) exit(1);
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    double start = spans[0].start, end = spans[0].end;
    for (int i = 1; i < threads; i++) {
      if (spans[i].start < start) start = spans[i].start;
      if (spans[i].end > end) end = spans[i].end;
    }
    double flops = 2.0 * STEPS * ACCUMULATORS * LANES * threads;
    if (flops / (end - start) > best) best = flops / (end - start);
  }
  return best / 1e9;
}

int main(int count, char **arguments) {
  int threads = count > 1 ? atoi(arguments[1]) : 1;
  if (threads < 1) threads = 1;
  if (threads > MAX_THREADS) threads = MAX_THREADS;
  double one = rate(1), all = rate(threads);
  double cpu_ms = 1e3 * clock() / CLOCKS_PER_SEC;
  printf("{\"isa\": \"%s\", \"one\": %.1f, \"all\": %.1f, \"cpuMs\": %.0f}\n", ISA, one, all, cpu_ms);
  return 0;
}
