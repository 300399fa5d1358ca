// Operations that TensorFlow has only in pieces, each of which reads and writes its tensors anew: registered with the
// library when Node loads this addon.
#include <node_api.h>

#include <mutex>

#include "max_pool_gradient.h"
#include "normalise.h"
#include "operation.h"
#include "optimizer_steps.h"

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

struct NormConstants {
  explicit NormConstants(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")), slope(attributes.number("slope")) {}

  const float epsilon, slope;
};

// y, mean, variance of x, scale, offset
template <typename T>
class Normalisation : NormConstants {
 public:
  using NormConstants::NormConstants;

  void operator()(const Call& call) const {
    const Array x = call.input(0), scale = call.input(1), offset = call.input(2);
    const Extent extent = extentOf(x);
    checkChannels(scale, extent);
    checkChannels(offset, extent);
    const Array y = call.output<T>(0, x.shape());
    const Array mean = call.output<float>(1, {extent.batch, extent.channels});
    const Array variance = call.output<float>(2, {extent.batch, extent.channels});
    normalise(extent, x.data<T>(), scale.data<float>(), offset.data<float>(), epsilon, slope, y.data<T>(),
              mean.data<float>(), variance.data<float>());
  }
};

// y of x, scale, offset, mean, variance
template <typename T>
class NormalisationWith : NormConstants {
 public:
  using NormConstants::NormConstants;

  void operator()(const Call& call) const {
    const Array x = call.input(0), scale = call.input(1), offset = call.input(2), mean = call.input(3),
                variance = call.input(4);
    const Extent extent = extentOf(x);
    for (const Array* array : {&scale, &offset, &mean, &variance}) checkChannels(*array, extent);
    const Array y = call.output<T>(0, x.shape());
    normaliseWith(extent, x.data<T>(), scale.data<float>(), offset.data<float>(), mean.data<float>(),
                  variance.data<float>(), epsilon, slope, y.data<T>());
  }
};

// dx, dScale, dOffset of dy, x, scale, offset, mean, variance
template <typename T>
class NormalisationGradient : NormConstants {
 public:
  using NormConstants::NormConstants;

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
                      variance.data<float>(), epsilon, slope, dx.data<T>(), dScale.data<float>(),
                      dOffset.data<float>());
  }
};

void checkSizes(std::initializer_list<const Array*> arrays, const Array& factors, int64_t count) {
  for (const Array* array : arrays) {
    if (array->size() != (*arrays.begin())->size()) throw std::runtime_error("the tensors of a step have one shape");
  }
  if (factors.size() != count) throw std::runtime_error("a step has another number of factors");
}

// The weights and momenta after a step: of weights, momenta, gradients and [clip, decay, momentum, rate]
class NesterovStep {
 public:
  explicit NesterovStep(const Attributes&) {}

  void operator()(const Call& call) const {
    const Array w = call.input(0), b = call.input(1), g = call.input(2), factors = call.input(3);
    checkSizes({&w, &b, &g}, factors, 4);
    const Array newW = call.output<float>(0, w.shape()), newB = call.output<float>(1, w.shape());
    const float* by = factors.data<float>();
    inParts(w.size(), [&](int64_t at, int64_t count) {
      const auto from = [at](const Array& array) { return array.data<float>() + at; };
      fastest<NesterovLoop>(from(w), from(b), from(g), from(newW), from(newB), count,
                            NesterovFactors{by[0], by[1], by[2], by[3]});
    });
  }
};

// The weights and moments after a step: of weights, both moments, gradients and [decay, keepMean, keepSquare, rate,
// epsilon]
class AdamStep {
 public:
  explicit AdamStep(const Attributes&) {}

  void operator()(const Call& call) const {
    const Array w = call.input(0), m = call.input(1), v = call.input(2), g = call.input(3), factors = call.input(4);
    checkSizes({&w, &m, &v, &g}, factors, 5);
    const Array newW = call.output<float>(0, w.shape()), newM = call.output<float>(1, w.shape());
    const Array newV = call.output<float>(2, w.shape());
    const float* by = factors.data<float>();
    inParts(w.size(), [&](int64_t at, int64_t count) {
      const auto from = [at](const Array& array) { return array.data<float>() + at; };
      fastest<AdamLoop>(from(w), from(m), from(v), from(g), from(newW), from(newM), from(newV), count,
                        AdamFactors{by[0], by[1], by[2], by[3], by[4]});
    });
  }
};

// dx of dy and x
template <typename T>
class MaxPoolGradient {
 public:
  explicit MaxPoolGradient(const Attributes& attributes)
      : window_{attributes.integer("size"), attributes.integer("stride"), attributes.integer("padding")} {}

  void operator()(const Call& call) const {
    const Array dy = call.input(0), x = call.input(1);
    const std::vector<int64_t> shape = x.shape(), out = dy.shape();
    if (shape.size() != 4 || out.size() != 4 || out[0] != shape[0] || out[3] != shape[3] ||
        out[1] != pooled(shape[1]) || out[2] != pooled(shape[2])) {
      throw std::runtime_error("x is [batch, height, width, channels], and dy what its pooling gives");
    }
    const Array dx = call.output<T>(0, shape);
    maxPoolGradient(dy.data<T>(), x.data<T>(), dx.data<T>(), shape[0], shape[1], shape[2], out[1], out[2], shape[3],
                    window_);
  }

 private:
  int64_t pooled(int64_t size) const { return (size + 2 * window_.padding - window_.size) / window_.stride + 1; }

  const Window window_;
};

// The types of number that activations have.
template <template <typename> class Kernel>
void defineKernels(const char* operation) {
  defineKernel<Kernel<float>>(operation, TF_FLOAT);
  defineKernel<Kernel<bfloat16>>(operation, TF_BFLOAT16);
}

void defineAll() {
  const auto numbers = {"T: {float, bfloat16}", "U: {float}", "epsilon: float", "slope: float"};
  defineOperation("FracturaNormalise", numbers, {"x: T", "scale: U", "offset: U"}, {"y: T", "mean: U", "variance: U"});
  defineKernels<Normalisation>("FracturaNormalise");
  defineOperation("FracturaNormaliseWith", numbers, {"x: T", "scale: U", "offset: U", "mean: U", "variance: U"},
                  {"y: T"});
  defineKernels<NormalisationWith>("FracturaNormaliseWith");
  defineOperation("FracturaNormaliseGrad", numbers,
                  {"dy: T", "x: T", "scale: U", "offset: U", "mean: U", "variance: U"},
                  {"dx: T", "d_scale: U", "d_offset: U"});
  defineKernels<NormalisationGradient>("FracturaNormaliseGrad");
  defineOperation("FracturaNesterov", {"T: {float}"}, {"weights: T", "momenta: T", "gradients: T", "factors: T"},
                  {"new_weights: T", "new_momenta: T"});
  defineKernel<NesterovStep>("FracturaNesterov", TF_FLOAT);
  defineOperation("FracturaAdam", {"T: {float}"},
                  {"weights: T", "means: T", "squares: T", "gradients: T", "factors: T"},
                  {"new_weights: T", "new_means: T", "new_squares: T"});
  defineKernel<AdamStep>("FracturaAdam", TF_FLOAT);
  defineOperation("FracturaMaxPoolGrad", {"T: {float, bfloat16}", "size: int", "stride: int", "padding: int"},
                  {"dy: T", "x: T"}, {"dx: T"});
  defineKernels<MaxPoolGradient>("FracturaMaxPoolGrad");
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
