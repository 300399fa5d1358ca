// Operations that TensorFlow has only in pieces, each of which reads and writes its tensors anew: registered with the
// library when Node loads this addon.
#include <node_api.h>

#include <algorithm>
#include <mutex>

#include "crew.h"
#include "normalise.h"
#include "operation.h"
#include "rows.h"

// Rises whenever an operation takes or gives something else: an engine that was prepared before is then used without
// them.
#define FRACTURA_OPERATIONS_VERSION 1

namespace {

// The first axis is the batch, the last the channels.
Extent extentOf(const Array& x) {
  const std::vector<int64_t> shape = x.shape();
  if (shape.size() < 2 || x.size() == 0)
    throw std::runtime_error("a normalisation takes [batch, ..., channels], not empty");
  return {shape.front(), x.size() / shape.front() / shape.back(), shape.back()};
}

void checkChannels(const Array& array, const Extent& extent) {
  if (array.size() != extent.channels)
    throw std::runtime_error("scale, offset and given statistics have one number for each channel");
}

// y, mean, variance of x, scale, offset
template <typename T>
class Normalisation {
 public:
  explicit Normalisation(const Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), slope_(attributes.number("slope")) {}

  void operator()(const Call& call) const {
    const Array x = call.input(0), scale = call.input(1), offset = call.input(2);
    const Extent extent = extentOf(x);
    checkChannels(scale, extent);
    checkChannels(offset, extent);
    const Array y = call.output<T>(0, x.shape());
    const Array mean = call.output<float>(1, {extent.batch, extent.channels});
    const Array variance = call.output<float>(2, {extent.batch, extent.channels});
    normalise(extent, x.data<T>(), scale.data<float>(), offset.data<float>(), epsilon_, slope_, y.data<T>(),
              mean.data<float>(), variance.data<float>());
  }

 private:
  const float epsilon_, slope_;
};

// y of x, scale, offset, mean, variance
template <typename T>
class NormalisationWith {
 public:
  explicit NormalisationWith(const Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), slope_(attributes.number("slope")) {}

  void operator()(const Call& call) const {
    const Array x = call.input(0), scale = call.input(1), offset = call.input(2), mean = call.input(3),
                variance = call.input(4);
    const Extent extent = extentOf(x);
    for (const Array* array : {&scale, &offset, &mean, &variance}) checkChannels(*array, extent);
    const Array y = call.output<T>(0, x.shape());
    normaliseWith(extent, x.data<T>(), scale.data<float>(), offset.data<float>(), mean.data<float>(),
                  variance.data<float>(), epsilon_, slope_, y.data<T>());
  }

 private:
  const float epsilon_, slope_;
};

// dx, dScale, dOffset of dy, x, scale, offset, mean, variance
template <typename T>
class NormalisationGradient {
 public:
  explicit NormalisationGradient(const Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), slope_(attributes.number("slope")) {}

  void operator()(const Call& call) const {
    const Array dy = call.input(0), x = call.input(1), scale = call.input(2), offset = call.input(3);
    const Array mean = call.input(4), variance = call.input(5);
    const Extent extent = extentOf(x);
    checkChannels(scale, extent);
    checkChannels(offset, extent);
    if (dy.size() != x.size() || mean.size() != extent.batch * extent.channels || variance.size() != mean.size()) {
      throw std::runtime_error("dy has the shape of x, mean and variance are [batch, channels]");
    }
    const Array dx = call.output<T>(0, x.shape());
    const Array dScale = call.output<float>(1, {extent.channels}), dOffset = call.output<float>(2, {extent.channels});
    normaliseGradient(extent, dy.data<T>(), x.data<T>(), scale.data<float>(), offset.data<float>(), mean.data<float>(),
                      variance.data<float>(), epsilon_, slope_, dx.data<T>(), dScale.data<float>(),
                      dOffset.data<float>());
  }

 private:
  const float epsilon_, slope_;
};

// The weights and momenta after a step: of weights, momenta, gradients and [clip, decay, momentum, rate]
class NesterovStep {
 public:
  explicit NesterovStep(const Attributes&) {}

  void operator()(const Call& call) const {
    const Array w = call.input(0), b = call.input(1), g = call.input(2), factors = call.input(3);
    if (b.size() != w.size() || g.size() != w.size() || factors.size() != 4) {
      throw std::runtime_error("weights, momenta and gradients have one shape, and there are four factors");
    }
    const Array newW = call.output<float>(0, w.shape()), newB = call.output<float>(1, w.shape());
    const float* by = factors.data<float>();
    const NesterovFactors step{by[0], by[1], by[2], by[3]};
    constexpr int64_t atATime = 1 << 16;
    const NesterovLoop loop = bestNesterov();
    Crew::ofProcess().share((w.size() + atATime - 1) / atATime, [&](int64_t part) {
      const int64_t at = part * atATime;
      loop(w.data<float>() + at, b.data<float>() + at, g.data<float>() + at, newW.data<float>() + at,
           newB.data<float>() + at, std::min(atATime, w.size() - at), step);
    });
  }
};

void defineAll() {
  const auto numbers = {"T: {float, bfloat16}", "U: {float}", "epsilon: float", "slope: float"};
  defineOperation("FracturaNormalise", numbers, {"x: T", "scale: U", "offset: U"}, {"y: T", "mean: U", "variance: U"});
  defineKernel<Normalisation<float>>("FracturaNormalise", TF_FLOAT);
  defineKernel<Normalisation<bfloat16>>("FracturaNormalise", TF_BFLOAT16);
  defineOperation("FracturaNormaliseWith", numbers, {"x: T", "scale: U", "offset: U", "mean: U", "variance: U"},
                  {"y: T"});
  defineKernel<NormalisationWith<float>>("FracturaNormaliseWith", TF_FLOAT);
  defineKernel<NormalisationWith<bfloat16>>("FracturaNormaliseWith", TF_BFLOAT16);
  defineOperation("FracturaNormaliseGrad", numbers,
                  {"dy: T", "x: T", "scale: U", "offset: U", "mean: U", "variance: U"},
                  {"dx: T", "d_scale: U", "d_offset: U"});
  defineKernel<NormalisationGradient<float>>("FracturaNormaliseGrad", TF_FLOAT);
  defineKernel<NormalisationGradient<bfloat16>>("FracturaNormaliseGrad", TF_BFLOAT16);
  defineOperation("FracturaNesterov", {"T: {float}"}, {"weights: T", "momenta: T", "gradients: T", "factors: T"},
                  {"new_weights: T", "new_momenta: T"});
  defineKernel<NesterovStep>("FracturaNesterov", TF_FLOAT);
}

}  // namespace

// Each of Node's threads loads the addon, the library takes a definition once.
NAPI_MODULE_INIT() {
  static std::once_flag defined;
  try {
    std::call_once(defined, defineAll);
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  napi_value version;
  napi_create_int32(env, FRACTURA_OPERATIONS_VERSION, &version);
  napi_set_named_property(env, exports, "version", version);
  return exports;
}
