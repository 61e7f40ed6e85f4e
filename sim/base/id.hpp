#pragma once
#include <cstdint>
#include <functional>
#include <limits>

namespace demarche {

/// An index that cannot be mistaken for another kind of index. The default value is invalid.
/// Values are dense from 0; `value()` of an invalid id is the largest 32-bit number.
template <class Tag>
class Id {
 public:
  using Value = std::uint32_t;
  static constexpr Value invalid_value = std::numeric_limits<Value>::max();

  constexpr Id() = default;
  constexpr explicit Id(Value v) : value_(v) {}
  constexpr Value value() const { return value_; }
  constexpr bool valid() const { return value_ != invalid_value; }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  Value value_ = invalid_value;
};

using ActorId = Id<struct ActorTag>;  ///< node of the network
using LayerId = Id<struct LayerTag>;  ///< one kind of tie of the network
using ChannelId = Id<struct ChannelTag>;
using DeskId = Id<struct DeskTag>;
using RouteId = Id<struct RouteTag>;  ///< a chain of stages in a workflow
using ZoneId = Id<struct ZoneTag>;    ///< time zone
using CalendarId = Id<struct CalendarTag>;

}  // namespace demarche

template <class Tag>
struct std::hash<demarche::Id<Tag>> {
  std::size_t operator()(demarche::Id<Tag> id) const noexcept { return id.value(); }
};
