// Work shared among the processor's cores. TensorFlow's own threads cannot be had through its C interface.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>

class Crew {
 public:
  // Lives as long as the process: its threads may wait for work while the process ends.
  static Crew& ofProcess() {
    static Crew* crew = new Crew(wantedThreads());
    return *crew;
  }

  int threads() const { return helpers_ + 1; }

  // Calls work(0) to work(items - 1), each once, on all threads, and returns when all are done. While another thread
  // has the crew, the calling thread does everything itself.
  void share(int64_t items, const std::function<void(int64_t)>& work) {
    std::unique_lock<std::mutex> turn(turn_, std::try_to_lock);
    if (!turn.owns_lock() || helpers_ == 0 || items < 2) {
      for (int64_t item = 0; item < items; ++item) work(item);
      return;
    }
    {
      std::lock_guard<std::mutex> lock(state_);
      work_ = &work;
      items_ = items;
      next_ = 0;
      busy_ = helpers_;
      ++round_;
    }
    begin_.notify_all();
    takeItems();
    std::unique_lock<std::mutex> lock(state_);
    end_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  explicit Crew(int threads) : helpers_(threads - 1) {
    for (int i = 0; i < helpers_; ++i) std::thread([this] { help(); }).detach();
  }

  // As many as TensorFlow was told to use, else one per core.
  static int wantedThreads() {
    for (const char* name : {"TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"}) {
      const char* value = std::getenv(name);
      if (value != nullptr && std::atoi(value) > 0) return std::atoi(value);
    }
    const unsigned cores = std::thread::hardware_concurrency();
    return cores > 0 ? static_cast<int>(cores) : 1;
  }

  void help() {
    for (uint64_t seen = 0;;) {
      {
        std::unique_lock<std::mutex> lock(state_);
        begin_.wait(lock, [&] { return round_ != seen; });
        seen = round_;
      }
      takeItems();
      std::lock_guard<std::mutex> lock(state_);
      if (--busy_ == 0) end_.notify_one();
    }
  }

  void takeItems() {
    for (int64_t item = next_++; item < items_; item = next_++) (*work_)(item);
  }

  const int helpers_;
  std::mutex turn_;
  std::mutex state_;
  std::condition_variable begin_;
  std::condition_variable end_;
  const std::function<void(int64_t)>* work_ = nullptr;
  int64_t items_ = 0;
  std::atomic<int64_t> next_{0};
  int busy_ = 0;
  uint64_t round_ = 0;
};
