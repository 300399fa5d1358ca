// What TensorFlow's C interface for operations of one's own needs, said once. See tensorflow/c/ops.h and
// tensorflow/c/kernels.h.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;

  TF_Status* get() { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

// An input or output while an operation runs.
class Array {
 public:
  explicit Array(TF_Tensor* tensor) : tensor_(tensor) {}
  ~Array() { TF_DeleteTensor(tensor_); }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  template <typename T>
  T* data() const {
    return static_cast<T*>(TF_TensorData(tensor_));
  }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> sizes(TF_NumDims(tensor_));
    for (size_t axis = 0; axis < sizes.size(); ++axis) sizes[axis] = TF_Dim(tensor_, static_cast<int>(axis));
    return sizes;
  }
  int64_t size() const { return TF_TensorElementCount(tensor_); }

 private:
  TF_Tensor* tensor_;
};

// The call of an operation.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}

  Array input(int index) const {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status.get());
    status.check();
    return Array(tensor);
  }
  template <typename T>
  Array output(int index, const std::vector<int64_t>& shape) const {
    Status status;
    int64_t count = 1;
    for (const int64_t size : shape) count *= size;
    TF_Tensor* tensor = TF_AllocateOutput(context_, index, TF_ExpectedOutputDataType(context_, index), shape.data(),
                                          static_cast<int>(shape.size()), count * sizeof(T), status.get());
    status.check();
    return Array(tensor);
  }
  void fail(const char* message) const {
    Status status;
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, message);
    TF_OpKernelContext_Failure(context_, status.get());
  }

 private:
  TF_OpKernelContext* context_;
};

// The attributes of an operation, read when its kernel is made.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}

  float number(const char* name) const {
    Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status.get());
    status.check();
    return value;
  }
  int64_t integer(const char* name) const {
    Status status;
    int64_t value = 0;
    TF_OpKernelConstruction_GetAttrInt64(construction_, name, &value, status.get());
    status.check();
    return value;
  }

 private:
  TF_OpKernelConstruction* construction_;
};

// Says what an operation takes and gives, in the words of TensorFlow's REGISTER_OP.
inline void defineOperation(const char* name, const std::vector<const char*>& attributes,
                            std::initializer_list<const char*> inputs, std::initializer_list<const char*> outputs) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, [](TF_ShapeInferenceContext* context, TF_Status* status) {
    TF_ShapeInferenceContextSetUnknownShape(context, status);
  });
  Status status;
  TF_RegisterOpDefinition(builder, status.get());
  status.check();
}

// Lets Kernel compute an operation on the processor, for inputs of its attribute T: it is made of Attributes and called
// with a Call.
template <typename Kernel>
void defineKernel(const char* operation, TF_DataType type) {
  TF_KernelBuilder* builder = TF_NewKernelBuilder(
      operation, "CPU",
      [](TF_OpKernelConstruction* construction) -> void* {
        try {
          return new Kernel(Attributes(construction));
        } catch (const std::exception& error) {
          Status status;
          TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelConstruction_Failure(construction, status.get());
          return nullptr;
        }
      },
      [](void* kernel, TF_OpKernelContext* context) {
        const Call call(context);
        try {
          (*static_cast<Kernel*>(kernel))(call);
        } catch (const std::exception& error) {
          call.fail(error.what());
        }
      },
      [](void* kernel) { delete static_cast<Kernel*>(kernel); });
  Status status;
  TF_KernelBuilder_TypeConstraint(builder, "T", type, status.get());
  status.check();
  TF_RegisterKernelBuilder(operation, builder, status.get());
  status.check();
}
