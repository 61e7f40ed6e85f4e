#include "sim/run/replicate.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/error.hpp"
#include "sim/run/relevances.hpp"
#include "sim/spread/at_once.hpp"
#include "sim/spread/spread.hpp"
#include "sim/workflow/clearance.hpp"

namespace demarche::run {

namespace {

constexpr std::uint64_t correction_cause = 0xC0;  // part of a correction's key: never change

/// What happens to a message outside clearance and spreading.
struct Due {
  enum class Kind : std::uint8_t { submit, publish, notice };
  Tick at;
  MessageKey key;
  std::uint32_t slot;
  Kind kind;
  std::uint8_t channel;
  friend bool operator>(const Due& a, const Due& b) {
    return std::tie(a.at, a.kind, a.key, a.channel) > std::tie(b.at, b.kind, b.key, b.channel);
  }
};

Ticks drawn_ticks(const Law& law, const Clock& clock, const Luck& luck, Purpose purpose, std::uint32_t entity,
                  MessageKey key, Ticks least) {
  if (law.kind == Law::Kind::fixed) return clock.ticks(law.a, law.a > 0 ? least : 0);
  Stream stream(luck, purpose, entity, key);
  return clock.ticks(law.sample(stream), least);
}

}  // namespace

struct Replicate::State {
  State(const Plan& p, const Arm& a, std::vector<workflow::StoryStep>* story)
      : plan(p),
        arm(a),
        clearance(a.workflow, Luck{0, 0}, p.end, story),
        spread(p.medium),
        at_once(p.medium),
        relevances(p.end) {}

  void start(const Luck& l, std::span<const Draft> drafts, Record& r);
  void write(std::uint32_t slot);
  void take_due(Tick t);
  void submit(std::uint32_t slot, Tick t);
  RouteId route_of(const MessageRecord& m, Tick t) const;
  void decide(const workflow::Decision& decision);
  void release(std::uint32_t slot, Tick t);
  void publish(std::uint32_t slot, std::size_t channel, Tick t);
  void first_publication(std::uint32_t slot, Tick t);
  void notice(std::uint32_t slot, Tick t);
  bool settled(const MessageRecord& m) const;
  spread::MessageTraits traits_of(const MessageRecord& m) const;
  Outlet outlet_of(const Draft& d, std::size_t channel) const;
  void publish_at_once(std::uint32_t slot, std::size_t channel, Tick t);
  void follow(std::uint32_t slot);
  void sight(const spread::Sight& s, Tick t);
  void note(std::uint32_t slot, const spread::MessageTraits& traits, const spread::Sight& s, Tick t);
  void fetch_first_view(network::Vertex who) const {
    if (who >= plan.audience_first) __builtin_prefetch(&record->first_view[who - plan.audience_first]);
  }
  void push(const Due& due) {
    if (due.at >= plan.end) return;
    agenda.push_back(due);
    std::push_heap(agenda.begin(), agenda.end(), std::greater<>{});
  }

  const Plan& plan;
  const Arm& arm;
  Luck luck{0, 0};
  Record* record = nullptr;
  workflow::Clearance clearance;
  spread::Spread spread;
  spread::AtOnce at_once;
  std::vector<Due> agenda;
  std::vector<workflow::Decision> decisions;
  std::vector<std::uint32_t> post_of;     // message slot -> slot in spread, no_message before publication
  std::vector<std::uint32_t> message_of;  // slot in spread -> message slot
  Relevances relevances;
};

Replicate::Replicate(const Plan& plan, const Arm& arm, std::vector<workflow::StoryStep>* story)
    : state_(std::make_unique<State>(plan, arm, story)) {}
Replicate::~Replicate() = default;
Replicate::Replicate(Replicate&&) noexcept = default;

void Replicate::State::start(const Luck& l, std::span<const Draft> drafts, Record& r) {
  luck = l;
  record = &r;
  clearance.reset(luck);
  spread.reset(luck);
  at_once.reset_deliveries();
  agenda.clear();
  post_of.assign(drafts.size(), no_message);
  message_of.clear();
  r.clear();
  const std::size_t audience = plan.medium.network->actors() - plan.audience_first;
  r.first_view.assign(audience, never);
  r.first_error.assign(audience, never);
  r.messages.reserve(drafts.size());
  for (const Draft& d : drafts) {
    MessageRecord& m = r.messages.emplace_back();
    m.draft = d;
    m.faulty = d.faulty && !arm.habits_at(d.at).perfect;
    write(static_cast<std::uint32_t>(r.messages.size() - 1));
  }
}

/// The author at work: drafting and the regime's self-check.
void Replicate::State::write(std::uint32_t slot) {
  MessageRecord& m = record->messages[slot];
  const Draft& d = m.draft;
  Tick ready = d.at + drawn_ticks(plan.drafting, plan.clock, luck, Purpose::draft, d.origin, d.key, 1);
  const Habits& author = arm.habits_at(d.at);
  ready += drawn_ticks(author.self_check, plan.clock, luck, Purpose::self_check, d.origin, d.key, 1);
  // the same word as in every other regime: a regime whose check catches more catches all that another one does
  if (m.faulty && author.catches(luck.block(Purpose::self_check, d.origin, d.key, 1U << 20)[0])) m.faulty = false;
  push({ready, d.key, slot, Due::Kind::submit, 0});
}

RouteId Replicate::State::route_of(const MessageRecord& m, Tick t) const {
  const Draft& d = m.draft;
  const bool exempt = !arm.exempt.empty() && arm.exempt[d.origin];
  for (const RoutingRule& rule : arm.rules) {
    if (t < rule.from || t >= rule.until) continue;
    if (rule.tiers != 0 && (rule.tiers >> d.tier & 1) == 0) continue;
    if (rule.stimuli != 0 && (rule.stimuli >> d.stimulus & 1) == 0) continue;
    if (rule.channels != 0 && (rule.channels & d.channels) == 0) continue;
    if (rule.urgent >= 0 && (rule.urgent == 1) != (d.priority == 0)) continue;
    if (!rule.origins.empty() && !rule.origins[d.origin]) continue;
    if (rule.exempt >= 0 && (rule.exempt == 1) != exempt) continue;
    return rule.route;
  }
  throw ContractError("no routing rule holds (defect)");
}

void Replicate::State::submit(std::uint32_t slot, Tick t) {
  MessageRecord& m = record->messages[slot];
  m.submitted = t;
  const Draft& d = m.draft;
  const Tick deadline = d.half_life > 0 ? d.at + static_cast<Ticks>(d.half_life) : never;
  clearance.submit({.key = d.key,
                    .slot = slot,
                    .route = route_of(m, t),
                    .origin = d.origin,
                    .priority = d.priority,
                    .deadline = deadline,
                    .faulty = m.faulty,
                    .flags = d.translate ? flag_translate : 0},
                   t);
}

void Replicate::State::decide(const workflow::Decision& decision) {
  MessageRecord& m = record->messages[decision.slot];
  m.decision = decision;
  m.faulty = decision.faulty;
  if (decision.fate == workflow::Fate::released) release(decision.slot, decision.at);
}

/// Is what becomes of the message settled at its release? An error may be noticed at any moment, and a correction
/// counts who has seen the error by then; all others touch nobody and are followed to their end at once.
bool Replicate::State::settled(const MessageRecord& m) const {
  return !m.faulty && m.corrects == no_message && plan.medium.end <= spread::AtOnce::latest_end;
}

void Replicate::State::release(std::uint32_t slot, Tick t) {
  const MessageRecord& m = record->messages[slot];
  const Draft& d = m.draft;
  const bool at_once_now = settled(m);
  const bool followed = at_once_now && d.measured;
  if (followed) at_once.start(luck, traits_of(m));
  const std::uint32_t accounts = arm.habits_at(t).accounts;
  bool has_outlet = plan.channels.empty();  // a plan without channels is about clearance alone
  for (std::size_t c = 0; c < plan.channels.size(); ++c) {
    if ((d.channels >> c & 1) == 0) continue;
    const ChannelUse& use = plan.channels[c];
    if (d.author == no_author) {
      if (plan.outlet(d.origin, c).kind == Outlet::Kind::none) continue;
      if (use.needs_account && plan.account_rank[d.origin] >= accounts) continue;
    } else if (!plan.medium.channels[c].layer.valid()) {
      continue;  // nobody but an outlet speaks on a channel without ties
    }
    has_outlet = true;
    if (at_once_now && !followed) continue;
    const MessageKey key = spread::key_on_channel(d.key, plan.medium.channels[c]);
    if (!use.pickup(luck.block(Purpose::publication, d.origin, key, 1U << 20)[0])) continue;
    const Ticks lag = drawn_ticks(use.lag, plan.clock, luck, Purpose::publication, d.origin, key, 1);
    if (followed) {
      if (t + lag < plan.end) publish_at_once(slot, c, t + lag);
    } else if (lag == 0) {
      publish(slot, c, t);
    } else {
      push({t + lag, d.key, slot, Due::Kind::publish, static_cast<std::uint8_t>(c)});
    }
  }
  if (followed) follow(slot);
  if (has_outlet) first_publication(slot, t);
}

void Replicate::State::first_publication(std::uint32_t slot, Tick t) {
  MessageRecord& m = record->messages[slot];
  m.published = t;
  if (!m.faulty) return;
  const Draft& d = m.draft;
  const Discovery& discovery = plan.discovery;
  if (discovery.monitored)
    push({t + drawn_ticks(discovery.monitoring, plan.clock, luck, Purpose::monitoring, d.origin, d.key, 1), d.key, slot,
          Due::Kind::notice, 0});
  const Block audit = luck.block(Purpose::audit, d.origin, d.key, 1U << 20);
  const Habits& habits = arm.habits_at(t);
  if (habits.audit(audit[0]) && habits.audit_detects(audit[1]))
    push({t + drawn_ticks(habits.audit_delay, plan.clock, luck, Purpose::audit, d.origin, d.key, 1), d.key, slot,
          Due::Kind::notice, 1});
}

spread::MessageTraits Replicate::State::traits_of(const MessageRecord& m) const {
  return {.key = m.draft.key,
          .born = m.draft.at,
          .half_life = m.draft.half_life,
          .share_multiplier = m.faulty ? plan.discovery.share_multiplier : 1.0};
}

Outlet Replicate::State::outlet_of(const Draft& d, std::size_t channel) const {
  return d.author == no_author ? plan.outlet(d.origin, channel) : Outlet{Outlet::Kind::poster, d.author, 0};
}

void Replicate::State::publish(std::uint32_t slot, std::size_t channel, Tick t) {
  MessageRecord& m = record->messages[slot];
  // Outside the measured window only errors can still touch what is measured, through notices and corrections that load
  // desks; who sees a sound message there is nobody's input and is not worked out.
  if (!m.draft.measured && !m.faulty) return;
  // an error that its sender knows of is not posted on further channels
  if (m.faulty && m.noticed != never) return;
  if (post_of[slot] == no_message) {
    post_of[slot] = spread.add(traits_of(m));
    message_of.push_back(slot);
  }
  ++m.posts;
  const Outlet outlet = outlet_of(m.draft, channel);
  const ChannelId id(static_cast<std::uint32_t>(channel));
  if (outlet.kind == Outlet::Kind::poster) {
    spread.post(post_of[slot], id, outlet.first, t);
  } else {
    spread.broadcast(post_of[slot], id, outlet.first, outlet.last, t);
  }
}

void Replicate::State::publish_at_once(std::uint32_t slot, std::size_t channel, Tick t) {
  MessageRecord& m = record->messages[slot];
  ++m.posts;
  const Outlet outlet = outlet_of(m.draft, channel);
  const ChannelId id(static_cast<std::uint32_t>(channel));
  if (outlet.kind == Outlet::Kind::poster) {
    at_once.post(id, outlet.first, t);
  } else {
    at_once.broadcast(id, outlet.first, outlet.last, t);
  }
}

/// A settled message from its posts to its last sight.
void Replicate::State::follow(std::uint32_t slot) {
  const auto see = [&](const spread::Sight& s, Tick at) { note(slot, at_once.message(), s, at); };
  const std::uint32_t rest = at_once.run(spread, see, [&](network::Vertex who) { fetch_first_view(who); });
  if (rest == spread::AtOnce::no_slot) return;
  post_of[slot] = rest;
  message_of.push_back(slot);
}

void Replicate::State::notice(std::uint32_t slot, Tick t) {
  if (record->messages[slot].noticed != never) return;
  record->messages[slot].noticed = t;
  if (!plan.discovery.corrections || !arm.habits_at(t).corrections) return;
  const auto correction = static_cast<std::uint32_t>(record->messages.size());
  MessageRecord fresh;
  fresh.draft = record->messages[slot].draft;
  fresh.draft.key = hash_key(fresh.draft.key, correction_cause);
  fresh.draft.at = t;
  fresh.draft.priority = 0;
  fresh.draft.faulty = false;
  fresh.corrects = slot;
  record->messages[slot].corrected_by = correction;
  record->messages.push_back(fresh);
  post_of.push_back(no_message);
  const Ticks drafting = drawn_ticks(plan.discovery.correction_drafting, plan.clock, luck, Purpose::draft,
                                     fresh.draft.origin, fresh.draft.key, 1);
  push({t + std::max<Ticks>(drafting, 1), fresh.draft.key, correction, Due::Kind::submit, 0});
}

void Replicate::State::sight(const spread::Sight& s, Tick t) {
  const std::uint32_t slot = message_of[s.slot];
  MessageRecord& m = record->messages[slot];
  const spread::MessageTraits& traits = spread.message(s.slot);
  if (m.faulty && m.noticed == never &&
      plan.discovery.noticed_by_reader(luck.block(Purpose::notice, s.who, traits.key)[0]))
    push({t + 1, traits.key, slot, Due::Kind::notice, 2});
  if (m.corrects != no_message) {
    const std::uint32_t wrong = post_of[m.corrects];
    if (wrong != no_message && spread.seen(wrong).contains(s.who)) ++m.corrected;
  }
  note(slot, traits, s, t);
}

void Replicate::State::note(std::uint32_t slot, const spread::MessageTraits& traits, const spread::Sight& s, Tick t) {
  MessageRecord& m = record->messages[slot];
  ++m.views;
  if (s.shares) ++m.shares;
  if (!m.draft.measured) return;
  const std::uint32_t relevance = relevances.at(traits, t);
  m.relevance += relevance;
  record->views.push_back({t, slot, s.who, s.from, relevance, s.channel, s.shares});
  // a correction is judged by whom it reaches among the misled; it brings nobody the news
  if (s.who < plan.audience_first || m.corrects != no_message) return;
  Tick& first = (m.faulty ? record->first_error : record->first_view)[s.who - plan.audience_first];
  const Tick before = first;
  first = before < t ? before : t;  // always written: nobody waits for the fetch to decide
}

void Replicate::State::take_due(Tick t) {
  while (!agenda.empty() && agenda.front().at == t) {
    std::pop_heap(agenda.begin(), agenda.end(), std::greater<>{});
    const Due due = agenda.back();
    agenda.pop_back();
    switch (due.kind) {
      case Due::Kind::submit:
        submit(due.slot, t);
        break;
      case Due::Kind::publish:
        publish(due.slot, due.channel, t);
        break;
      case Due::Kind::notice:
        notice(due.slot, t);
        break;
    }
  }
}

bool Replicate::run(const Luck& luck, std::span<const Draft> drafts, Record& record,
                    const std::function<bool()>& stop) {
  State& s = *state_;
  s.start(luck, drafts, record);
  // One tick: (1) what falls due - submissions, late posts, notices; (2) the desks; what they release is posted at
  // once; (3) what is seen. A post is seen one tick after it at the earliest and a notice takes effect one tick later,
  // so nothing done in a step reaches an earlier step of the same tick.
  for (std::uint64_t steps = 0;; ++steps) {
    if (stop && (steps & 0xfff) == 0 && stop()) return false;
    Tick t = std::min(s.clearance.next(), s.spread.next());
    if (!s.agenda.empty()) t = std::min(t, s.agenda.front().at);
    if (t >= s.plan.end) break;
    s.take_due(t);
    if (s.clearance.next() == t) {
      s.decisions.clear();
      s.clearance.step(s.decisions);
      for (const workflow::Decision& d : s.decisions) s.decide(d);
    }
    if (s.spread.next() == t)
      s.spread.step([&](const spread::Sight& sight, Tick at) { s.sight(sight, at); },
                    [&](network::Vertex who) { s.fetch_first_view(who); });
  }
  s.decisions.clear();
  s.clearance.close(s.decisions);
  for (const workflow::Decision& d : s.decisions) record.messages[d.slot].decision = d;
  s.clearance.desk_use(record.desks);
  record.deliveries = s.spread.deliveries() + s.at_once.deliveries();
  return true;
}

void Record::clear() {
  messages.clear();
  views.clear();
  first_view.clear();
  first_error.clear();
  desks.clear();
  deliveries = 0;
}

}  // namespace demarche::run
