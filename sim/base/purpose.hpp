#pragma once
#include <cstdint>

namespace demarche {

/// Every random draw has a named purpose. The numbers are part of the results: never reuse or renumber one.
enum class Purpose : std::uint8_t {
  network = 1,          ///< generators: entity = vertex or block, message = layer and step
  network_shuffle = 2,  ///< relabelling
  world = 3,            ///< attributes of generated actors: country, access, rhythm
  opportunity = 10,     ///< arrival of opportunities; entity = mission
  draft = 11,           ///< content of an opportunity: error, tier, urgency, topic
  self_check = 12,
  service = 20,      ///< service time at a stage; entity = stage, draw counts visits
  outcome = 21,      ///< edit, send back, reject, never answer
  screening = 22,    ///< does the desk notice; entity = stage
  objection = 23,    ///< silence procedure
  desk = 24,         ///< other choices of a desk
  publication = 30,  ///< cross-posting lag
  exposure = 40,     ///< which followers see a post and when; entity = who posts or shares
  share = 41,        ///< does who sees it share it; entity = who sees
  audience = 42,     ///< broadcast: which of a region's actors see it
  notice = 50,       ///< does a reader notice the error; entity = reader
  monitoring = 51,   ///< the sender's own discovery of an error
  audit = 52,        ///< post-hoc sampling
  rumour = 53,
  statistics = 90,  ///< bootstrap and other resampling
  test = 255,
};

}  // namespace demarche
