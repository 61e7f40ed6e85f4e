#pragma once
#include <algorithm>
#include <tuple>
#include <vector>

#include "tests/unit/workflow/twin_parts.hpp"

namespace demarche::workflow::test {

/// Clearance tick by tick and by looking at everybody: slow, short and obvious. No heap, no calendars' arithmetic, no
/// lazy deletion; only the open ticks of a calendar and the draws are shared with the engine's description.
class Twin {
 public:
  Twin(const Workflow& w, const Luck& l, Tick e, const std::vector<std::pair<Submission, Tick>>& submissions)
      : workflow_(w), luck_{l, w.clock}, end_(e), desks_(w.desks.size()) {
    for (std::size_t d = 0; d < w.desks.size(); ++d) {
      const Desk& desk = w.desks[d];
      for (Tick t = 0; t < e; ++t) desks_[d].open.push_back(w.calendars[desk.calendar.value()].open(t));
      if (desk.meeting.empty()) continue;
      for (Tick m = desk.meeting[0].first; m < e; m += desk.meeting[0].every) {
        Tick held = m;
        while (held < e && !desks_[d].open[static_cast<std::size_t>(held)]) ++held;
        desks_[d].meetings.insert(held);
      }
    }
    for (const auto& [what, at] : submissions) {
      Paper p;
      p.what = what;
      p.submitted = at;
      p.decision.slot = what.slot;
      papers_.push_back(p);
    }
    for (Paper& p : papers_) by_key_.push_back(&p);
    std::sort(by_key_.begin(), by_key_.end(), [](Paper* a, Paper* b) { return a->what.key < b->what.key; });
  }

  /// Decisions by slot; call once.
  std::vector<Decision> run() {
    for (now_ = 0; now_ < end_; ++now_) {
      departures();
      others();
      arrivals();
      for (std::size_t d = 0; d < desks_.size(); ++d) serve(d);
      work();
    }
    std::vector<Decision> result;
    for (Paper& p : papers_) {
      close(p);
      p.decision.faulty = p.what.faulty;
      result.push_back(p.decision);
    }
    std::sort(result.begin(), result.end(), [](const Decision& a, const Decision& b) { return a.slot < b.slot; });
    return result;
  }
  std::vector<DeskUse> use() const {
    std::vector<DeskUse> result;
    for (const Place& p : desks_) result.push_back(p.use);
    return result;
  }

 private:
  using Where = Paper::Where;
  using Ref = std::pair<Paper*, Exam*>;

  bool open(std::size_t desk) const { return desks_[desk].open[static_cast<std::size_t>(now_)]; }
  const Route& route(const Paper& p) const { return workflow_.routes[p.what.route.value()]; }
  const Stage& stage(const Paper& p) const { return route(p).stages[p.stage]; }
  template <class Condition>
  std::vector<Ref> exams(Condition condition) {
    std::vector<Ref> result;
    for (Paper& p : papers_)
      if (p.where == Where::desk)
        for (Exam& e : p.exams)
          if (condition(p, e)) result.push_back({&p, &e});
    std::sort(result.begin(), result.end(), [](const Ref& a, const Ref& b) {
      return std::tuple(a.second->desk, a.first->what.key, a.first->stage, a.second->review) <
             std::tuple(b.second->desk, b.first->what.key, b.first->stage, b.second->review);
    });
    return result;
  }

  void departures() {
    // answered papers change their exams: look them up again by identity
    std::vector<std::tuple<Paper*, std::uint32_t, std::uint32_t>> done;
    for (auto [p, e] : exams([](Paper&, Exam& x) { return x.state == Exam::State::working && x.left == 0; }))
      done.emplace_back(p, p->stage, e->review);
    for (auto [p, s, r] : done) {
      if (p->where != Where::desk || p->stage != s || p->entered == now_) continue;
      Exam& e = p->exams[r];
      e.state = e.outcome == 'n' ? Exam::State::unanswered : Exam::State::answered;
      ++p->decision.reviews;
      ++desks_[e.desk].use.served;
      if (e.outcome == 'e') p->decision.edited = true;
      if (e.outcome == 'c') p->what.faulty = false;
      count(*p);
    }
  }

  void count(Paper& p) {
    std::uint32_t passed = 0, against = 0;
    bool back = false, fault = false;
    for (const Exam& e : p.exams) {
      if (e.state != Exam::State::answered) continue;
      const bool pass = e.outcome == 'p' || e.outcome == 'e' || e.outcome == 'c';
      ++(pass ? passed : against);
      back = back || e.outcome == 'b' || e.outcome == 'f';
      fault = fault || e.outcome == 'f';
    }
    const Stage& s = stage(p);
    if (passed >= s.required) {
      withdraw(p);
      enter(p, p.stage + 1);
    } else if (p.exams.size() - against < s.required) {
      withdraw(p);
      const Ticks rework = luck_.draw(s.rework, Purpose::desk, p.stage * 64, p, 0, 0);
      if (!back || ++p.decision.rounds > route(p).max_rounds) {
        decide(p, Fate::rejected);
        return;
      }
      if (fault) p.what.faulty = false;
      p.back = now_ + rework;
      p.where = Where::author;
      if (rework == 0) enter(p, s.send_back_to);
    }
  }

  void withdraw(Paper& p) {
    for (Exam& e : p.exams)
      if (e.state == Exam::State::waiting) p.decision.waiting += now_ - e.arrived;
  }
  void decide(Paper& p, Fate fate) {
    p.where = Where::out;
    p.decision.fate = fate;
    p.decision.at = now_;
  }
  bool concerns(const Stage& s, const Paper& p) const {
    return s.only_flags == 0 || (s.only_flags & p.what.flags) != 0;
  }

  void enter(Paper& p, std::uint32_t to) {
    const auto& stages = route(p).stages;
    while (to < stages.size() && !concerns(stages[to], p)) ++to;
    if (to == stages.size()) {
      decide(p, Fate::released);
      return;
    }
    p.where = Where::desk;
    p.stage = to;
    p.entered = now_;
    p.counted = 0;
    p.begun = false;
    p.version_faulty = p.what.faulty;
    p.exams.clear();
    for (std::uint32_t r = 0; r < stages[to].reviews.size(); ++r) {
      const auto& desks = stages[to].reviews[r].desks;
      Exam e;
      e.review = r;
      e.desk = (desks.size() == 1 ? desks[0] : desks[p.what.origin]).value();
      e.arrived = now_;
      p.exams.push_back(e);
    }
    const Expiry& x = stages[to].expiry;
    p.patience = x.patience_drawn ? luck_.draw(x.patience, Purpose::objection, to * 64, p, 0, 1) : x.after;
  }

  void others() {
    for (Paper* p : by_key_) {
      if (p->where != Where::desk || p->entered == now_) continue;
      const Expiry& x = stage(*p).expiry;
      if (p->patience == 0 || p->counted != p->patience) continue;
      // an expiry strikes in one tick only: working time must have grown in the last one
      if (x.working_time && !desks_[p->exams[0].desk].open[static_cast<std::size_t>(now_ - 1)]) continue;
      if (x.waiting_only && p->begun) continue;
      withdraw(*p);
      if (x.action == OnExpiry::release) {
        decide(*p, Fate::released);
        p->decision.by_silence = true;
      } else {
        const auto& stages = route(*p).stages;
        bool above = false;
        for (std::size_t s = p->stage + 1; s < stages.size(); ++s) above = above || concerns(stages[s], *p);
        if (x.action == OnExpiry::escalate && above)
          enter(*p, p->stage + 1);
        else
          decide(*p, Fate::expired);
      }
    }
    for (Paper* p : by_key_)
      if (p->where == Where::author && p->back == now_) enter(*p, stage(*p).send_back_to);
    for (Paper* p : by_key_)
      if (p->where == Where::outside && p->submitted == now_) enter(*p, 0);
  }

  void arrivals() {
    for (auto [p, e] : exams([](Paper&, Exam& x) { return x.state == Exam::State::coming; })) {
      e->state = Exam::State::waiting;
      e->order = desks_[e->desk].arrivals++;
    }
  }

  std::int64_t rank(const Paper& p, std::size_t desk) const {
    switch (workflow_.desks[desk].discipline) {
      case Discipline::priority:
      case Discipline::preemptive_priority:
        return p.what.priority;
      case Discipline::earliest_deadline:
        return p.what.deadline;
      default:
        return 0;
    }
  }
  /// Sorted, the next one first.
  std::vector<Ref> line(std::size_t desk) {
    auto result = exams([desk](Paper&, Exam& x) {
      return x.desk == desk && (x.state == Exam::State::waiting || x.state == Exam::State::interrupted);
    });
    const bool last_in = workflow_.desks[desk].discipline == Discipline::last_in;
    std::sort(result.begin(), result.end(), [&](const Ref& a, const Ref& b) {
      if (last_in) return a.second->order > b.second->order;
      return std::tuple(rank(*a.first, desk), a.second->order) < std::tuple(rank(*b.first, desk), b.second->order);
    });
    return result;
  }
  std::vector<Ref> busy(std::size_t desk) {
    return exams([desk](Paper&, Exam& x) { return x.desk == desk && x.state == Exam::State::working; });
  }
  void serve(std::size_t d) {
    const Desk& desk = workflow_.desks[d];
    if (!desk.meeting.empty()) {
      const auto all = line(d);
      const std::size_t capacity = desk.meeting[0].capacity == 0 ? all.size() : desk.meeting[0].capacity;
      if (desks_[d].meetings.count(now_) > 0)
        for (std::size_t i = 0; i < std::min(capacity, all.size()); ++i) start(all[i]);
    } else if (open(d)) {
      for (auto all = line(d); !all.empty() && (desk.clerks == 0 || busy(d).size() < desk.clerks); all = line(d))
        start(all[0]);
      if (desk.discipline == Discipline::preemptive_priority) preempt(d);
    }
    auto& longest = desks_[d].use.longest_queue;
    longest = std::max(longest, static_cast<std::uint32_t>(line(d).size()));
  }
  void preempt(std::size_t d) {
    for (;;) {
      const auto all = line(d);
      auto at_work = busy(d);
      if (all.empty() || at_work.empty()) return;
      const Ref worst = *std::max_element(at_work.begin(), at_work.end(), [&](const Ref& a, const Ref& b) {
        return std::tuple(a.first->what.priority, a.second->order) <
               std::tuple(b.first->what.priority, b.second->order);
      });
      if (all[0].first->what.priority >= worst.first->what.priority) return;
      worst.second->state = Exam::State::interrupted;
      start(all[0]);
    }
  }

  void start(const Ref& ref) {
    auto [p, e] = ref;
    if (e->state == Exam::State::waiting) {
      p->decision.waiting += now_ - e->arrived;
      p->begun = true;
      luck_.examine(*p, *e, stage(*p).reviews[e->review]);
    }
    e->state = Exam::State::working;
  }
  void work() {
    for (auto [p, e] : exams([](Paper&, Exam& x) { return x.state == Exam::State::working; }))
      if (open(e->desk)) {
        --e->left;
        ++p->decision.work;
        ++desks_[e->desk].use.busy;
      }
    for (std::size_t d = 0; d < desks_.size(); ++d)
      if (open(d) && workflow_.desks[d].meeting.empty()) desks_[d].use.open += workflow_.desks[d].clerks;
    for (Paper& p : papers_)
      if (p.where == Where::desk && (!stage(p).expiry.working_time || open(p.exams[0].desk))) ++p.counted;
  }

  void close(Paper& p) {
    if (p.where == Where::out) return;
    bool under_way = p.where != Where::desk;
    for (const Exam& e : p.exams) {
      if (p.where != Where::desk) break;
      if (e.state == Exam::State::waiting) p.decision.waiting += end_ - e.arrived;
      under_way = under_way || (e.state != Exam::State::answered && e.state != Exam::State::unanswered);
    }
    p.decision.fate = under_way ? Fate::pending : Fate::unanswered;
  }

  const Workflow& workflow_;
  TwinLuck luck_;
  Tick end_, now_ = 0;
  std::vector<Place> desks_;
  std::vector<Paper> papers_;
  std::vector<Paper*> by_key_;
};

}  // namespace demarche::workflow::test
