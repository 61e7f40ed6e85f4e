#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "sim/base/distribution.hpp"
#include "sim/network/generators.hpp"
#include "tests/unit/run/stage.hpp"

namespace demarche::run {
namespace {

using test::draft_of;
using test::Stage;

/// A random ministry of three origins with two channels among 200 actors, and drafts; everything by one number.
struct Ministry {
  Stage stage;
  std::vector<Draft> drafts;
  std::vector<Arm> arms;  // instant; a desk with all outcomes; one slow desk with one clerk

  explicit Ministry(std::uint64_t number, bool fades = true)
      : stage(3, 203, ties(number), fades ? Tick{4000} : Tick{1000000}) {
    const Luck luck(number, 1);
    Stream dice(luck, Purpose::test, 0, 0);
    // the tables of two channels take longer to make than a replicate takes to run
    static const Stage prototype = [] {
      Stage s(3, 3, {});
      s.channel(0.5, Law::exponential(30), 0.3).channel(0.9, Law::lognormal(100, 1), 0.1);
      return s;
    }();
    stage.plan.medium.channels = prototype.plan.medium.channels;
    stage.plan.channels = prototype.plan.channels;
    stage.plan.outlets = prototype.plan.outlets;
    stage.plan.medium.channels[0].share_decays = fades;
    stage.plan.channels[1].lag = Law::exponential(20);
    stage.plan.drafting = Law::exponential(10);
    Discovery& d = stage.plan.discovery;
    if (fades) {
      d.share_multiplier = 1.7;
      d.noticed_by_reader = Coin(0.05);
      d.monitored = draw_below(dice, 2) == 1;
      d.monitoring = Law::exponential(200);
      d.corrections = true;
      d.correction_drafting = Law::exponential(5);
    }
    const auto count = 1 + draw_below(dice, 25);
    for (std::uint64_t k = 0; k < count; ++k) {
      Draft draft =
          draft_of(hash_key(number, k), static_cast<std::uint32_t>(draw_below(dice, 3)),
                   static_cast<Tick>(draw_below(dice, 3000)), 1 + static_cast<std::uint32_t>(draw_below(dice, 3)));
      draft.faulty = fades && draw_below(dice, 3) == 0;
      draft.priority = static_cast<std::uint8_t>(draw_below(dice, 2));
      draft.half_life = fades ? 500 : 0;
      draft.measured = draw_below(dice, 5) > 0;
      drafts.push_back(draft);
    }
    const Tick end = stage.plan.end;
    arms.push_back(test::arm_of(end, {}));
    arms.push_back(test::arm_of(end, {Law::exponential(50), Law::exponential(50)}));
    workflow::Review& review = arms[1].workflow.routes[0].stages[0].reviews[0];
    review.pass_good = 0.9;
    review.pass_bad = 0.5;
    review.on_fault = workflow::OnFault::correct;
    review.never_answer = review.reject = review.send_back = review.edit = 0.1;
    arms[1].workflow.routes[0].stages[1].expiry.after = 100;
    arms[1].habits[0].audit = Coin(0.5);
    arms[1].habits[0].audit_detects = Coin(0.5);
    arms[1].habits[0].audit_delay = Law::exponential(50);
    arms.push_back(test::arm_of(end, {Law::exponential(100)}));
    arms[2].workflow.desks[0].clerks = 1;
  }
  static std::vector<network::Tie> ties(std::uint64_t number) {
    const network::Layer layer = network::generate(network::ErdosRenyi{203, 8, true}, "ties", Luck(number, 0), 1);
    std::vector<network::Tie> list;
    for (network::Vertex v = 0; v < 203; ++v)
      for (const network::Vertex to : layer.followers(v)) list.push_back({v, to});
    return list;
  }
};

/// What became of one message, without its slot: views in the order of time.
struct Fortune {
  MessageRecord record;
  std::vector<View> views;
};
Fortune fortune_of(const Record& r, MessageKey key) {
  Fortune f;
  for (std::uint32_t slot = 0; slot < r.messages.size(); ++slot) {
    if (r.messages[slot].draft.key != key) continue;
    f.record = r.messages[slot];
    for (const View& v : r.views)
      if (v.slot == slot) f.views.push_back(v);
  }
  return f;
}
bool same(const Fortune& a, const Fortune& b) {
  const MessageRecord &x = a.record, &y = b.record;
  const auto fields = [](const MessageRecord& m) {
    return std::make_tuple(m.draft.key, m.draft.at, m.submitted, m.decision.at, m.decision.fate, m.decision.faulty,
                           m.decision.rounds, m.decision.work, m.published, m.faulty, m.posts, m.noticed, m.views,
                           m.relevance, m.shares, m.corrected);
  };
  return fields(x) == fields(y) &&
         std::equal(a.views.begin(), a.views.end(), b.views.begin(), b.views.end(), [](const View& v, const View& w) {
           return std::tie(v.at, v.who, v.from, v.channel, v.shares) ==
                  std::tie(w.at, w.who, w.from, w.channel, w.shares);
         });
}
bool same(const Record& a, const Record& b) {
  if (a.messages.size() != b.messages.size() || a.first_view != b.first_view || a.first_error != b.first_error ||
      a.deliveries != b.deliveries || a.views.size() != b.views.size())
    return false;
  for (const MessageRecord& m : a.messages)
    if (!same(fortune_of(a, m.draft.key), fortune_of(b, m.draft.key))) return false;
  return true;
}

RC_GTEST_PROP(ReplicateInvariants, WhatIsCountedAddsUp, ()) {
  const Ministry ministry(*rc::gen::arbitrary<std::uint32_t>());
  for (const Arm& arm : ministry.arms) {
    const Record r = test::run(ministry.stage.plan, arm, ministry.drafts);
    RC_ASSERT(r.messages.size() >= ministry.drafts.size());
    std::vector<std::uint64_t> views(r.messages.size()), shares(r.messages.size());
    std::vector<Tick> sound(200, never), wrong(200, never);
    std::set<std::pair<std::uint32_t, network::Vertex>> seen;
    std::vector<Tick> now(r.messages.size(), 0);
    for (const View& v : r.views) {
      const MessageRecord& m = r.messages[v.slot];
      RC_ASSERT(v.at >= now[v.slot] && v.at < ministry.stage.plan.end);
      now[v.slot] = v.at;
      RC_ASSERT(m.draft.measured && v.at > m.published);
      RC_ASSERT(seen.insert({v.slot, v.who}).second);
      ++views[v.slot];
      shares[v.slot] += v.shares;
      if (v.who < 3 || m.corrects != no_message) continue;
      Tick& first = (m.faulty ? wrong : sound)[v.who - 3];
      first = std::min(first, v.at);
    }
    RC_ASSERT(sound == r.first_view);
    RC_ASSERT(wrong == r.first_error);
    for (std::uint32_t slot = 0; slot < r.messages.size(); ++slot) {
      const MessageRecord& m = r.messages[slot];
      using workflow::Fate;
      if (slot < ministry.drafts.size()) RC_ASSERT(m.draft.key == ministry.drafts[slot].key);
      RC_ASSERT((m.published != never) == (m.decision.fate == Fate::released));
      RC_ASSERT((m.decision.at != never) == (m.decision.fate != Fate::pending && m.decision.fate != Fate::unanswered));
      if (m.published != never) RC_ASSERT(m.published == m.decision.at && m.published >= m.submitted);
      if (m.submitted != never) RC_ASSERT(m.submitted >= m.draft.at);
      RC_ASSERT(m.posts <= 2U && (m.posts == 0 || m.published != never));
      RC_ASSERT(m.views == 0 || m.posts > 0);
      RC_ASSERT(m.shares <= m.views);
      if (m.draft.measured) RC_ASSERT(views[slot] == m.views && shares[slot] == m.shares);
      RC_ASSERT(static_cast<double>(m.relevance) * relevance_unit <= static_cast<double>(m.views) + 1e-6);
      RC_ASSERT(m.corrected <= m.views && (m.corrected == 0 || m.corrects != no_message));
      RC_ASSERT(m.noticed == never || (m.faulty && m.noticed > m.published));
      RC_ASSERT((m.corrected_by != no_message) == (m.noticed != never));
      if (m.corrects == no_message) {
        RC_ASSERT(slot < ministry.drafts.size());
      } else {
        const MessageRecord& error = r.messages[m.corrects];
        RC_ASSERT(error.corrected_by == slot && m.draft.at == error.noticed && !m.faulty);
        RC_ASSERT(m.corrected <= error.views);
      }
    }
  }
}

RC_GTEST_PROP(ReplicateInvariants, ADraftMoreChangesNoOtherMessageWhereDesksAreUnlimited, ()) {
  const Ministry ministry(*rc::gen::arbitrary<std::uint32_t>());
  std::vector<Draft> more = ministry.drafts;
  more.insert(more.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(more.size()) + 1),
              draft_of(0xABCDEF, 1, *rc::gen::inRange<Tick>(0, 3000), 3));
  for (std::size_t a = 0; a < 2; ++a) {
    const Record before = test::run(ministry.stage.plan, ministry.arms[a], ministry.drafts);
    const Record after = test::run(ministry.stage.plan, ministry.arms[a], more);
    for (const MessageRecord& m : before.messages)
      RC_ASSERT(same(fortune_of(before, m.draft.key), fortune_of(after, m.draft.key)));
  }
}

RC_GTEST_PROP(ReplicateInvariants, AReplicateAloneEqualsItselfAfterOthersAndInAnyOrderOfDrafts, ()) {
  const std::uint64_t number = *rc::gen::arbitrary<std::uint32_t>();
  const Ministry ministry(number);
  std::vector<Draft> backwards(ministry.drafts.rbegin(), ministry.drafts.rend());
  for (const Arm& arm : ministry.arms) {
    Replicate worker(ministry.stage.plan, arm);
    Record record;
    for (std::uint64_t replicate = 0; replicate < 3; ++replicate) {
      worker.run(Luck(5, replicate), replicate == 1 ? backwards : ministry.drafts, record);
      RC_ASSERT(same(record, test::run(ministry.stage.plan, arm, ministry.drafts, replicate)));
    }
    // given up in the middle, and used again
    int asked = 0;
    worker.run(Luck(5, 7), ministry.drafts, record, [&] { return ++asked > 1; });
    worker.run(Luck(5, 0), ministry.drafts, record);
    RC_ASSERT(same(record, test::run(ministry.stage.plan, arm, ministry.drafts, 0)));
  }
}

/// Common random numbers: a delay moves everything that a message does and changes nothing else.
RC_GTEST_PROP(ReplicateInvariants, ADelayedMessageReachesTheSamePeople, ()) {
  const Ministry ministry(*rc::gen::arbitrary<std::uint32_t>(), false);
  const Arm delayed = test::arm_of(ministry.stage.plan.end, {Law::fixed(5000)});
  const Record now = test::run(ministry.stage.plan, ministry.arms[0], ministry.drafts);
  const Record later = test::run(ministry.stage.plan, delayed, ministry.drafts);
  for (const Draft& d : ministry.drafts) {
    const Fortune a = fortune_of(now, d.key), b = fortune_of(later, d.key);
    RC_ASSERT(b.record.published == a.record.published + 5000);
    RC_ASSERT(a.record.shares == b.record.shares);
    RC_ASSERT(a.views.size() == b.views.size());
    for (std::size_t i = 0; i < a.views.size(); ++i) {
      RC_ASSERT(b.views[i].at == a.views[i].at + 5000);
      RC_ASSERT(b.views[i].who == a.views[i].who);
    }
  }
}

}  // namespace
}  // namespace demarche::run
