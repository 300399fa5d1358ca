// Operations that TensorFlow has only in pieces, each of which reads and writes its tensors anew: registered with the
// library when Node loads this addon.
#include <node_api.h>

#include <mutex>

#include "convolution.h"
#include "depthwise.h"
#include "depthwise_for_use.h"
#include "max_pool_gradient.h"
#include "normalise.h"
#include "operation.h"
#include "optimizer_steps.h"

// Each rises whenever one of its operations takes or gives something else: an engine that was prepared before is then
// used without them. The first is of the operations of trainings, the second of those for networks in use.
#define FRACTURA_TRAINING_VERSION 2
#define FRACTURA_USE_VERSION 1

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
      : epsilon(attributes.number("epsilon")), then{attributes.number("slope"), attributes.number("ceiling")} {}

  const float epsilon;
  const Activation then;
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
    normalise(extent, x.data<T>(), scale.data<float>(), offset.data<float>(), epsilon, then, y.data<T>(),
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
                  variance.data<float>(), epsilon, then, y.data<T>());
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
                      variance.data<float>(), epsilon, then, dx.data<T>(), dScale.data<float>(),
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
// epsilon, keepWeight]
class AdamStep {
 public:
  explicit AdamStep(const Attributes&) {}

  void operator()(const Call& call) const {
    const Array w = call.input(0), m = call.input(1), v = call.input(2), g = call.input(3), factors = call.input(4);
    checkSizes({&w, &m, &v, &g}, factors, 6);
    const Array newW = call.output<float>(0, w.shape()), newM = call.output<float>(1, w.shape());
    const Array newV = call.output<float>(2, w.shape());
    const float* by = factors.data<float>();
    inParts(w.size(), [&](int64_t at, int64_t count) {
      const auto from = [at](const Array& array) { return array.data<float>() + at; };
      fastest<AdamLoop>(from(w), from(m), from(v), from(g), from(newW), from(newM), from(newV), count,
                        AdamFactors{by[0], by[1], by[2], by[3], by[4], by[5]});
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

// The steps of a convolution of x [batch, height, width, channels], and the zeros around x.
struct ConvolutionSteps {
  explicit ConvolutionSteps(const Attributes& attributes)
      : stride{attributes.integer("row_stride"), attributes.integer("column_stride")},
        before{attributes.integer("top"), attributes.integer("left")},
        after{attributes.integer("bottom"), attributes.integer("right")} {}

  int64_t outSize(const std::vector<int64_t>& x, int axis, int64_t window) const {
    if (x.size() != 4) throw std::runtime_error("a convolution takes [batch, height, width, channels]");
    return (x[axis + 1] + before[axis] + after[axis] - window) / stride[axis] + 1;
  }

  DepthwiseGeometry depthwise(const std::vector<int64_t>& x, int64_t rows, int64_t columns) const {
    const int64_t outHeight = outSize(x, 0, rows), outWidth = outSize(x, 1, columns);
    return {x[0],    x[1],      x[2],      x[3],      outHeight, outWidth, rows,
            columns, stride[0], stride[1], before[0], before[1]};
  }

  ConvolutionGeometry convolution(const std::vector<int64_t>& x, int64_t rows, int64_t columns, int64_t outputs) const {
    const int64_t outHeight = outSize(x, 0, rows), outWidth = outSize(x, 1, columns);
    return {x[0], x[1],    x[2],      x[3],      outHeight, outWidth, outputs,
            rows, columns, stride[0], stride[1], before[0], before[1]};
  }

  const int64_t stride[2], before[2], after[2];
};

struct ActivationConstants {
  explicit ActivationConstants(const Attributes& attributes)
      : then{attributes.number("slope"), attributes.number("ceiling")} {}

  const Activation then;
};

// packed of kernel [rows, columns, channels, outputs]
class PackKernel {
 public:
  explicit PackKernel(const Attributes&) {}

  void operator()(const Call& call) const {
    const Array kernel = call.input(0);
    const int64_t outputs = kernel.shape().at(3), taps = kernel.size() / outputs;
    const Array packed = call.output<float>(0, {packedSize(taps, outputs)});
    packKernel(kernel.data<float>(), taps, outputs, packed.data<float>());
  }
};

struct ConvolutionConstants : ConvolutionSteps, ActivationConstants {
  explicit ConvolutionConstants(const Attributes& attributes)
      : ConvolutionSteps(attributes),
        ActivationConstants(attributes),
        rows(attributes.integer("rows")),
        columns(attributes.integer("columns")) {}

  ConvolutionForUse of(const std::vector<int64_t>& x, const Array& packed, const Array& bias) const {
    const ConvolutionGeometry geometry = convolution(x, rows, columns, bias.size());
    if (packed.size() != packedSize(rows * columns * geometry.channels, geometry.outputs)) {
      throw std::runtime_error("a convolution takes a packed kernel for the channels of x, and a bias for each output");
    }
    return ConvolutionForUse(geometry, packed.data<float>(), bias.data<float>(), then);
  }

  static std::vector<int64_t> outShape(const ConvolutionGeometry& by) {
    return {by.batch, by.outHeight, by.outWidth, by.outputs};
  }

  const int64_t rows, columns;
};

// y of x, packed kernel, bias
template <typename T>
class Convolution : ConvolutionConstants {
 public:
  using ConvolutionConstants::ConvolutionConstants;

  void operator()(const Call& call) const {
    const Array x = call.input(0), packed = call.input(1), bias = call.input(2);
    const ConvolutionForUse convolution = of(x.shape(), packed, bias);
    const Array y = call.output<T>(0, outShape(convolution.by));
    convolve<T>(convolution, x.data<T>(), nullptr, y.data<T>());
  }
};

// y of x, packed kernel, bias and what is added in the end
template <typename T>
class ConvolutionPlus : ConvolutionConstants {
 public:
  using ConvolutionConstants::ConvolutionConstants;

  void operator()(const Call& call) const {
    const Array x = call.input(0), packed = call.input(1), bias = call.input(2), plus = call.input(3);
    const ConvolutionForUse convolution = of(x.shape(), packed, bias);
    if (plus.shape() != outShape(convolution.by)) throw std::runtime_error("what is added has the shape of y");
    const Array y = call.output<T>(0, plus.shape());
    convolve(convolution, x.data<T>(), plus.data<T>(), y.data<T>());
  }
};

// y of x, packed kernel, bias and a map of half the size of x, whose channels come before those of x
template <typename T>
class ConvolutionJoined : ConvolutionConstants {
 public:
  using ConvolutionConstants::ConvolutionConstants;

  void operator()(const Call& call) const {
    const Array x = call.input(0), packed = call.input(1), bias = call.input(2), deeper = call.input(3);
    std::vector<int64_t> shape = x.shape();
    const std::vector<int64_t> half = deeper.shape();
    if (shape.size() != 4 || half.size() != 4 || half[0] != shape[0] || 2 * half[1] != shape[1] ||
        2 * half[2] != shape[2]) {
      throw std::runtime_error("a joined map is [batch, height / 2, width / 2, channels]");
    }
    shape[3] += half[3];
    const ConvolutionForUse convolution = of(shape, packed, bias);
    const Array y = call.output<T>(0, outShape(convolution.by));
    convolveJoined(convolution, deeper.data<T>(), half[3], x.data<T>(), y.data<T>());
  }
};

void checkDepthwise(const DepthwiseGeometry& geometry, const std::vector<int64_t>& y, int64_t weights) {
  if (y != std::vector<int64_t>{geometry.batch, geometry.outHeight, geometry.outWidth, geometry.channels} ||
      weights != geometry.taps() * geometry.channels) {
    throw std::runtime_error("a depthwise convolution has one kernel for each channel, and y what it gives");
  }
}

// y of x and kernel [rows, columns, 1, channels]
template <typename T>
class Depthwise : ConvolutionSteps {
 public:
  using ConvolutionSteps::ConvolutionSteps;

  void operator()(const Call& call) const {
    const Array x = call.input(0), kernel = call.input(1);
    const std::vector<int64_t> window = kernel.shape();
    const DepthwiseGeometry geometry = depthwise(x.shape(), window.at(0), window.at(1));
    const std::vector<int64_t> shape{geometry.batch, geometry.outHeight, geometry.outWidth, geometry.channels};
    checkDepthwise(geometry, shape, kernel.size());
    const Array y = call.output<T>(0, shape);
    ::depthwise(geometry, x.data<T>(), kernel.data<T>(), y.data<T>());
  }
};

// y of x, float32 kernel and bias
template <typename T>
class DepthwiseForUse : ConvolutionSteps, ActivationConstants {
 public:
  explicit DepthwiseForUse(const Attributes& attributes)
      : ConvolutionSteps(attributes), ActivationConstants(attributes) {}

  void operator()(const Call& call) const {
    const Array x = call.input(0), kernel = call.input(1), bias = call.input(2);
    const std::vector<int64_t> window = kernel.shape();
    const DepthwiseGeometry geometry = depthwise(x.shape(), window.at(0), window.at(1));
    const std::vector<int64_t> shape{geometry.batch, geometry.outHeight, geometry.outWidth, geometry.channels};
    checkDepthwise(geometry, shape, kernel.size());
    if (bias.size() != geometry.channels) throw std::runtime_error("a convolution has one bias for each output");
    const Array y = call.output<T>(0, shape);
    depthwiseForUse(geometry, x.data<T>(), kernel.data<float>(), bias.data<float>(), then, y.data<T>());
  }
};

// dx of dy and kernel
template <typename T>
class DepthwiseInputGradient : ConvolutionSteps {
 public:
  explicit DepthwiseInputGradient(const Attributes& attributes)
      : ConvolutionSteps(attributes), height_(attributes.integer("height")), width_(attributes.integer("width")) {}

  void operator()(const Call& call) const {
    const Array dy = call.input(0), kernel = call.input(1);
    const std::vector<int64_t> window = kernel.shape(), given = dy.shape();
    const std::vector<int64_t> shape{given.at(0), height_, width_, given.at(3)};
    const DepthwiseGeometry geometry = depthwise(shape, window.at(0), window.at(1));
    checkDepthwise(geometry, given, kernel.size());
    const Array dx = call.output<T>(0, shape);
    depthwiseInputGradient(geometry, dy.data<T>(), kernel.data<T>(), dx.data<T>());
  }

 private:
  const int64_t height_, width_;
};

// dKernel [rows, columns, 1, channels] of x and dy
template <typename T>
class DepthwiseKernelGradient : ConvolutionSteps {
 public:
  explicit DepthwiseKernelGradient(const Attributes& attributes)
      : ConvolutionSteps(attributes), rows_(attributes.integer("rows")), columns_(attributes.integer("columns")) {}

  void operator()(const Call& call) const {
    const Array x = call.input(0), dy = call.input(1);
    const DepthwiseGeometry geometry = depthwise(x.shape(), rows_, columns_);
    checkDepthwise(geometry, dy.shape(), geometry.taps() * geometry.channels);
    const Array dKernel = call.output<float>(0, {rows_, columns_, 1, geometry.channels});
    depthwiseKernelGradient(geometry, x.data<T>(), dy.data<T>(), dKernel.data<float>());
  }

 private:
  const int64_t rows_, columns_;
};

// The types of number that activations have.
template <template <typename> class Kernel>
void defineKernels(const char* operation) {
  defineKernel<Kernel<float>>(operation, TF_FLOAT);
  defineKernel<Kernel<bfloat16>>(operation, TF_BFLOAT16);
}

std::vector<const char*> with(std::vector<const char*> all, std::initializer_list<const char*> more) {
  all.insert(all.end(), more);
  return all;
}

void defineAll() {
  const auto numbers = {"T: {float, bfloat16}", "U: {float}", "epsilon: float", "slope: float", "ceiling: float"};
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
  const auto steps = {"T: {float, bfloat16}", "row_stride: int", "column_stride: int", "top: int",
                      "bottom: int",          "left: int",       "right: int"};
  const auto ending = {"U: {float}", "slope: float", "ceiling: float"};
  defineOperation("FracturaPackKernel", {"T: {float}"}, {"kernel: T"}, {"packed: T"});
  defineKernel<PackKernel>("FracturaPackKernel", TF_FLOAT);
  const auto whole = with(with(steps, ending), {"rows: int", "columns: int"});
  defineOperation("FracturaConvolution", whole, {"x: T", "packed: U", "bias: U"}, {"y: T"});
  defineKernels<Convolution>("FracturaConvolution");
  defineOperation("FracturaConvolutionPlus", whole, {"x: T", "packed: U", "bias: U", "plus: T"}, {"y: T"});
  defineKernels<ConvolutionPlus>("FracturaConvolutionPlus");
  defineOperation("FracturaConvolutionJoined", whole, {"x: T", "packed: U", "bias: U", "deeper: T"}, {"y: T"});
  defineKernels<ConvolutionJoined>("FracturaConvolutionJoined");
  defineOperation("FracturaDepthwiseForUse", with(steps, ending), {"x: T", "kernel: U", "bias: U"}, {"y: T"});
  defineKernels<DepthwiseForUse>("FracturaDepthwiseForUse");
  defineOperation("FracturaDepthwise", steps, {"x: T", "kernel: T"}, {"y: T"});
  defineKernels<Depthwise>("FracturaDepthwise");
  defineOperation("FracturaDepthwiseGradInput", with(steps, {"height: int", "width: int"}), {"dy: T", "kernel: T"},
                  {"dx: T"});
  defineKernels<DepthwiseInputGradient>("FracturaDepthwiseGradInput");
  defineOperation("FracturaDepthwiseGradKernel", with(steps, {"U: {float}", "rows: int", "columns: int"}),
                  {"x: T", "dy: T"}, {"d_kernel: U"});
  defineKernels<DepthwiseKernelGradient>("FracturaDepthwiseGradKernel");
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
  const auto announce = [&](const char* name, int32_t number) {
    napi_value value;
    napi_create_int32(env, number, &value);
    napi_set_named_property(env, exports, name, value);
  };
  announce("version", FRACTURA_TRAINING_VERSION);
  announce("useVersion", FRACTURA_USE_VERSION);
  return exports;
}
