// SPDX-License-Identifier: Apache-2.0
#pragma once

// Asio 1.74 uses this and forgets to include it.
// clang-format off
#include <utility>
// clang-format on

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>

namespace marsad::service {

// Runs `work`, which must not throw, on the pool and goes on where it was with what it returned.
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work>> on_pool(boost::asio::thread_pool& pool,
                                                           Work work) {
  namespace asio = boost::asio;
  using Value = std::invoke_result_t<Work>;
  const auto initiate = [&pool, &work](auto&& completion) {
    asio::post(pool, [work = std::move(work),
                      completion = std::forward<decltype(completion)>(completion)]() mutable {
      const auto home = asio::get_associated_executor(completion);
      asio::post(home, [value = work(), completion = std::move(completion)]() mutable {
        completion(std::move(value));
      });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(Value)>(
      initiate, asio::use_awaitable);
}

}  // namespace marsad::service
