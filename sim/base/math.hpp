#pragma once
#include <cstdint>

/// Elementary functions made of + - * /, sqrt and integer operations only, so that their bits are the same with every
/// compiler, optimization level, processor and C library. Whatever feeds a decision of the simulation uses these, never
/// libm.
namespace demarche::math {

/// Natural logarithm, error < 1 ulp. log(0) = -infinity; not-a-number below zero.
double log(double x);
/// log(1 + x), error < 2 ulp, x > -1.
double log1p(double x);
/// Error < 1 ulp; 0 or infinity beyond the range of a double.
double exp(double x);
double exp2(double x);
/// exp(x) - 1, error < 4 ulp.
double expm1(double x);
/// x^y for x >= 0; error < 2 ulp while |y log x| < 16, growing to 16 ulp at the ends of the range of a double.
double pow(double x, double y);

/// log of the gamma function, x > 0; absolute error < 1e-14 max(1, |result|).
double log_gamma(double x);
/// log(n!).
double log_factorial(std::uint64_t n);
/// Distribution function of a gamma variable of given shape > 0 and scale 1, at x >= 0; absolute error < 1e-12 for
/// shape < 1e6.
double gamma_probability(double shape, double x);
/// Its inverse, 0 <= p < 1; relative error < 1e-9.
double gamma_quantile(double shape, double p);

/// Distribution function of the standard normal law, absolute error < 1e-14.
double normal_probability(double z);
/// Its inverse, 0 < p < 1, relative error ~1e-16 (Wichura 1988, algorithm AS 241, PPND16). -+ infinity at 0 and 1.
double normal_quantile(double p);

}  // namespace demarche::math
