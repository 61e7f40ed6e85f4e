#pragma once
#include <cstddef>
#include <cstdint>

namespace demarche::network {

/// The checksum XXH64 with seed 0 (Collet, xxHash specification 0.1.1), of bytes as they lie in memory: against chance,
/// not against malice. About 10 GB/s a core.
std::uint64_t xxh64(const void* data, std::size_t bytes);

}  // namespace demarche::network
