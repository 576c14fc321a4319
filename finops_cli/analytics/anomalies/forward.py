# ruff: noqa
# mypy: ignore-errors
"""The forward pass (being tidied)."""

import numpy as np
from finops_cli.analytics.anomalies import filters
from finops_cli.analytics.anomalies.filters import MEMORY, SCALES, SPANS

K = len(SCALES)


class P:
    pass


par = P()
par.k = 6.0
par.tail = 1.35
par.rel = 0.10
par.minday = 5.0
par.share = 0.0007
par.smin = 0.012
par.kdrop = 8.0
par.reldrop = 0.4
par.hist = 180
par.adapt = 28
par.quiet = 0.35
par.common = 1.0
par.mref = 0.005
par.mexp = 0.2
par.mlo = 0.7
par.mhi = 1.3
par.asym = 1
par.clip = 0.15
par.reset = 1
par.pool = 1.0
par.alpha = 0.003
par.top = 0.0
par.lag = 14
par.dbg = 0
par.heard = 0
par.fade = 0.99
par.rec = 3.0
par.nburst = 1
par.nup = 3
par.fee = 1.4
par.n0 = 8.0
par.kscale = np.array([1.0, 1.0, 1.0, 0.95, 0.88, 0.83, 0.78])


class Alarm:
    __slots__ = ("line", "day", "start", "sign", "score", "level", "scale")

    def __init__(s, **k):
        for a, b in k.items():
            setattr(s, a, b)


class Spell:
    """one line's stay away from its level"""

    __slots__ = (
        "line",
        "sign",
        "start",
        "alert",
        "level",
        "last",
        "running",
        "adapted",
        "new",
        "score",
        "dollars",
        "closed",
    )

    def __init__(s, **k):
        for a, b in k.items():
            setattr(s, a, b)


class Forward:
    def __init__(self, lines):
        self.lines = lines
        T, L = lines.costs.shape
        self.T, self.L = T, L
        p = MEMORY
        z = lambda: np.zeros((T + p, L))
        self.Z = z()
        self.C = z()
        self.M = z()
        self.Lv = z()
        self.Yn = z()
        self.Yc = z()
        self.E = z()
        self.R = z()
        self.pool = np.zeros(K)
        self.sd = np.full((K, L), 0.15)
        self.heard = np.full(L, -999)
        self.X = z()
        self.D = np.zeros((K, T + p, L), dtype=np.float32)
        self.NUM = np.zeros((K, T + p, L), dtype=np.float32)
        self.record = np.zeros((K, L))
        self.burst = np.zeros(L, bool)
        self.Wd = np.ones((7, L))
        self.s = np.full((K, L), 0.15)
        self.up = np.full((K, L), 0.3)
        self.dn = np.full((K, L), 0.3)
        self.open = np.zeros(L, bool)
        self.sign = np.zeros(L)
        self.start = np.zeros(L, int)
        self.frozen = np.zeros(L)
        self.peak = np.zeros(L)
        self.quiet = np.zeros(L, int)
        self.ew = np.zeros(L)
        self.last = np.zeros(L, int)
        self.prior = np.full(L, np.nan)
        self.prior_day = np.full(L, -999)
        self.spell = [None] * L
        self.spells = []
        self.alarms = []
        self.N = filters.recent()
        self.B = filters.past()
        self.Nw = filters.now()
        self.dead = np.zeros(lines.accounts, int)
        self.acc_n = np.bincount(lines.account, minlength=lines.accounts) if L else np.zeros(0)
        self.gaps = 0
        self.fees = 0
        self.refunds = 0
        self.nk = np.sqrt(2 * np.log(20 * max(L, 1))) / np.sqrt(2 * np.log(20 * 100))

    def accsum(self, v):
        return np.bincount(self.lines.account, v, self.lines.accounts)

    def set_apart(self):
        found = {"monthly fees": self.fees, "refunds": self.refunds, "days without data": self.gaps}
        return {k: v for k, v in found.items() if v}

    def run(self):
        for t in range(self.T):
            self.step(t)
        return self

    def step(self, t):
        ln = self.lines
        p = t + MEMORY
        L = self.L
        y = ln.costs[t]
        wd = ln.weekday[t]
        acc = ln.account
        w = slice(p - MEMORY, p)
        m = self.M[w]
        c = self.C[w] * m
        lv2 = (self.Nw @ c) / np.maximum(self.Nw @ m, 1e-9)
        fast = self.s[0] <= self.s[1]
        level = np.where(fast, lv2[0], lv2[1])
        if t == 0:
            level = y.copy()
        level = np.where(self.open, self.frozen, level)
        W = self.Wd[wd]
        accday = np.maximum(self.accsum(np.maximum(level, 0)), 1e-6)
        self.accday = accday
        guard = np.maximum(par.minday, par.share * 30.4 * accday[acc])
        self.guard = guard
        floor = 0.02 * guard + 1e-6
        # gap
        tot = self.accsum(np.abs(y))
        quiet_acc = (tot <= 1e-9) & (self.accsum(np.abs(ln.costs[t - 1])) > 0 if t else False)
        self.dead = np.where(tot <= 1e-9, self.dead + 1, 0)
        gone = (self.dead > 0) & (self.dead < 3)
        unknown = gone[acc]
        self.gaps += int((gone & (self.dead == 1)).sum())
        # holiday
        Wx = W
        if wd < 5 and t >= 28:
            we = 0.5 * (self.Wd[5] + self.Wd[6])
            dif = we - W
            k = (np.abs(dif) > 0.08) & (level > 5 * floor) & ~self.open & ~unknown
            if k.sum() >= 6:
                sh = (y[k] / level[k] - W[k]) / dif[k]
                med = np.median(sh)
                if med > 0.45:
                    Wx = W + min(med, 1.2) * dif
        exp = level * Wx
        ex = y - exp
        ex[unknown] = 0
        # refunds
        neg = (y < -1e-9) & (level >= 0)
        self.refunds += int(neg.sum())
        ex[neg] = 0
        # recurring phase
        ph = ln.phase[t]
        s1 = np.minimum(self.s[0], self.s[1])
        if ph:
            idx = sorted({q for r in ph for q in (r - 1, r, r + 1) if 0 <= q < t})
            big = self.E[[q + MEMORY for q in idx]]
            thr = 4 * s1 * np.maximum(level, 0) + floor
            hi = big.max(0)
            lo = big.min(0)
            rec = np.where(
                (ex > 0) & (hi > thr),
                np.minimum(ex, par.fee * hi),
                np.where((ex < 0) & (-lo > thr), np.maximum(ex, par.fee * lo), 0.0),
            )
            self.fees += int((np.abs(rec) > guard).sum())
        else:
            rec = np.zeros(L)
        self.E[p] = ex
        r = ex - rec
        yn = np.where(unknown | neg, level * W, y - rec - level * (Wx - W))
        den = np.maximum(Wx, 0.3)
        z = level + (yn - level * W) / den
        self.Yn[p] = yn
        self.Z[p] = z
        self.R[p] = z
        self.Lv[p] = level
        self.X[p] = np.where(unknown, 0, exp + rec)
        cap = np.maximum(3 * s1 * np.abs(level), guard / 10)
        if t < 14:
            cap = np.full(L, np.inf)
        cl = np.clip(z, level - cap, level + cap)
        self.C[p] = np.where(self.open, level, cl)
        self.Yc[p] = np.where(self.open | unknown, level, cl) * W
        self.M[p] = np.where(self.open | unknown, 0.0, 1.0)
        if t < 7:
            self.M[p] = 1.0
        # statistics
        w = slice(p - MEMORY + 1, p + 1)
        m = self.M[w]
        c = self.C[w] * m
        zz = self.Z[w]
        num = self.N @ zz
        den = self.B @ m
        base = (self.B @ c) / np.maximum(den, 1e-9)
        base = np.where(den > 1e-6, base, level)
        d = (num - base) / (np.abs(base) + floor)
        do = np.where(self.open, self.D[:, p - 28], d)
        self.D[:, p] = do
        self.NUM[:, p] = num
        if t >= 10:
            self.judge(t, d, num, base, guard, floor, unknown)
        self.follow(t, y, Wx, rec, unknown)
        if t == 13:
            self.settle(t)
        if t % 7 == 6 and t >= 13:
            self.learn(t)

    def judge(self, t, d, num, base, guard, floor, unknown):
        ln = self.lines
        acc = ln.account
        # common
        if par.common:
            live = (base[0] > 5 * floor) & ~self.open
            n = self.accsum(live.astype(float))[acc] - live
            dc = np.where(live, np.clip(d, -par.clip, par.clip), 0)
            com = np.array([self.accsum(x)[acc] - x for x in dc]) / np.maximum(n, 1)
            com = np.where(n >= 5, com, 0)
            com = np.where(np.sign(com) == np.sign(d), com, 0) * par.common
            d = np.where(np.abs(com) < np.abs(d), d - com, 0)
        k = par.k * self.nk
        if t < 28:
            k = k * 1.5
        z = np.where(d > 0, d / self.s, d / self.sd)
        need = SPANS[:, None]
        need = np.where(np.array([s.rising for s in SCALES])[:, None], 0.6 * need, need)
        dollars = (num - base) * need
        ref = par.mref / par.share * guard
        money = np.clip((ref / np.maximum(np.abs(dollars), 1e-9)) ** par.mexp, par.mlo, par.mhi)
        up = (
            (z > np.maximum(k * par.kscale[:, None], par.pool * self.pool[:, None]) * money)
            & (d > par.tail * self.up)
            & (d > par.rel)
            & (dollars > guard)
        )
        dn = (
            (-z > par.kdrop * self.nk)
            & (-d > par.tail * self.dn)
            & (-d > par.reldrop)
            & (-dollars > 2 * guard)
        )
        dn[:2] = False
        up &= ~self.burst | (num > par.rec * self.record)
        dn &= ~self.burst
        up &= ~unknown
        dn &= ~unknown
        ok = ~self.open
        for sign, hit in ((1, up), (-1, dn)):
            for i in np.flatnonzero(hit.any(0) & ok):
                zi = np.where(hit[:, i], np.abs(z[:, i]), 0)
                kk = int(zi.argmax())
                self.raise_(t, i, sign, kk, float(zi[kk]), base[kk, i])

    def raise_(self, t, i, sign, k, score, level):
        p = t + MEMORY
        # onset
        H = int(SPANS[k])
        n = min(max(H, 7), t)
        x = sign * (self.Z[p - n + 1 : p + 1, i] - level)
        if SCALES[k].rising:
            best = None
            for a in range(3, n + 1):
                wts = np.arange(1, a + 1)
                v = (wts @ x[-a:]) / np.sqrt(wts @ wts)
                if best is None or v > best[0]:
                    best = (v, a)
        else:
            best = max(((x[-a:].sum() / np.sqrt(a), a) for a in range(1, min(H, n) + 1)))
        start = t - best[1] + 1
        if np.isfinite(self.prior[i]) and t - self.prior_day[i] <= 90:
            now = self.Z[p - min(3, t) : p + 1, i].mean()
            s = max(0.05, 2 * self.s[1, i])
            if sign < 0 and now > self.prior[i] * (1 - s) - 1e-9:
                return
            if sign > 0 and now < self.prior[i] * (1 + s) + 1e-9:
                return
        self.open[i] = True
        self.sign[i] = sign
        self.start[i] = start
        self.frozen[i] = level
        self.quiet[i] = 0
        self.last[i] = t
        self.peak[i] = self.ew[i] = max(sign * (self.Z[p, i] - level), 1e-9)
        q = slice(start + MEMORY, p + 1)
        wdx = self.lines.weekday[start : t + 1]
        self.C[q, i] = level
        self.M[q, i] = 0.0
        self.X[q, i] += (level - self.Lv[q, i]) * self.Wd[wdx, i]
        money = float((self.lines.costs[start : t + 1, i] - self.X[q, i]).sum())
        sp = Spell(
            line=i,
            sign=sign,
            start=start,
            alert=t,
            level=level,
            last=t,
            running=True,
            adapted=False,
            new=bool(level <= 0.02 * self.guard[i] + 1e-6),
            score=score / (par.k * self.nk),
            dollars=money,
            closed=None,
        )
        self.spell[i] = sp
        self.spells.append(sp)

    def follow(self, t, y, W, rec, unknown):
        p = t + MEMORY
        o = np.flatnonzero(self.open)
        if not len(o):
            return
        s1 = np.minimum(self.s[0], self.s[1])
        ex = self.sign[o] * (y[o] - rec[o] - self.frozen[o] * W[o]) / np.maximum(W[o], 0.3)
        self.ew[o] = 0.5 * self.ew[o] + 0.5 * ex
        self.peak[o] = np.maximum(self.peak[o], self.ew[o])
        q = ex < np.maximum(par.quiet * self.peak[o], s1[o] * self.frozen[o])
        unk = unknown[o]
        self.quiet[o] = np.where(unk, self.quiet[o], np.where(q, self.quiet[o] + 1, 0))
        self.last[o] = np.where(q | unk, self.last[o], t)
        for i in o:
            sp = self.spell[i]
            sp.last = int(self.last[i])
            if t - sp.start <= 3:
                pass
            else:
                self.E[sp.start + MEMORY : p + 1, i] = 0
            if self.quiet[i] >= 2:
                self.close(t, i)
            elif t - sp.start >= par.adapt:
                a = self.Z[p - 6 : p + 1, i].mean()
                b = self.Z[p - 13 : p - 6, i].mean()
                if t - sp.start >= 56 or abs(a - b) <= max(0.1 * abs(a - sp.level), s1[i] * abs(a)):
                    self.adapt(t, i)

    def close(self, t, i):
        p = t + MEMORY
        sp = self.spell[i]
        sp.running = False
        sp.closed = t
        lv = self.frozen[i]
        s1 = min(self.s[0, i], self.s[1, i])
        cap = max(3 * s1 * lv, self.guard[i] / 10)
        q = slice(sp.last + 1 + MEMORY, p + 1)
        self.C[q, i] = np.clip(self.Z[q, i], lv - cap, lv + cap)
        self.M[q, i] = 1
        self.heard[i] = t
        self.burst[i] |= par.heard > 0
        self.record[:, i] = np.maximum(self.record[:, i], self.NUM[:, max(sp.start, 0) + MEMORY : p + 1, i].max(1))
        self.neutral(sp.start, sp.last + 1, i, lv)
        self.open[i] = False
        self.spell[i] = None

    def neutral(self, a, b, i, lv):
        a = max(a, 0)
        q = slice(a + MEMORY, b + MEMORY)
        self.Z[q, i] = lv
        self.Lv[q, i] = lv
        self.Yn[q, i] = lv * self.Wd[self.lines.weekday[a:b], i]

    def adapt(self, t, i):
        p = t + MEMORY
        sp = self.spell[i]
        sp.adapted = True
        sp.running = False
        sp.closed = t
        q = slice(p - 13, p + 1)
        self.C[q, i] = self.Z[q, i]
        self.M[q, i] = 1
        self.M[p - MEMORY : p - 13, i] = 0
        self.neutral(max(0, t - MEMORY), t - 13, i, self.Z[q, i].mean())
        self.prior[i] = sp.level
        if sp.new and par.reset:
            h = slice(max(0, p - par.hist + 1), p + 1)
            m = h.stop - h.start
            typical = np.median(self.s, axis=1)
            self.D[:, h, i] = typical[:, None] * np.where(np.arange(m) % 2, 1.0, -1.0)
        self.prior_day[i] = t
        self.open[i] = False
        self.spell[i] = None

    def settle(self, t):
        p = t + MEMORY
        q = slice(MEMORY, p + 1)
        y = self.lines.costs[: t + 1]
        med = np.median(y, 0)
        dev = np.abs(y - med)
        mad = 1.4826 * np.median(dev, 0)
        cap = np.maximum(np.maximum(3 * mad, 0.9 * med), self.guard / 10)
        self.C[q] = np.clip(y, med - cap, med + cap)
        self.Yc[q] = self.C[q]
        self.E[q] = y - med
        self.Lv[q] = med
        self.Yn[q] = y
        self.X[q] = med
        self.Z[q] = y
        self.R[q] = y
        for k in range(t + 1):  # phases do not exist yet
            pass

    def learn(self, t):
        p = t + MEMORY
        ln = self.lines
        lo = max(0, t - par.hist + 1) + MEMORY
        zz = self.R[lo : p + 1]
        mean = zz.mean(0)
        off = zz < 0.25 * mean
        on = zz > mean
        n1 = (off[:-1] & on[1:]).sum(0)
        med = np.median(zz, 0)
        hi = zz > 2 * med + self.guard / 7
        n2 = (~hi[:-1] & hi[1:]).sum(0)
        self.burst = (mean > 0) & ((n1 >= par.nburst) | (n2 >= par.nup)) | (t - self.heard < par.heard)
        for k in range(K):
            e = p + 1 - SPANS[k] - 3
            if e > lo:
                self.record[k] = np.maximum(self.NUM[k, lo:e].max(0), self.record[k] * par.fade)
        # weekdays
        weeks = min(8, (t + 1) // 7)
        n = weeks * 7
        yc = self.Yc[p - n + 1 : p + 1]
        cs = np.vstack([np.zeros((1, self.L)), np.cumsum(yc, 0)])
        mid = (cs[7:] - cs[:-7]) / 7  # len n-6, centered at index 3..n-4
        r = yc[3 : n - 3] / np.maximum(mid, 1e-9)
        r = np.where(mid > 1e-6, r, 1.0)
        wd = ln.weekday[t - n + 1 + 3 : t + 1 - 3]
        new = np.ones((7, self.L))
        for k in range(7):
            rk = r[wd == k]
            if len(rk):
                h = len(rk)
                new[k] = 1 + (np.median(rk, 0) - 1) * h / (h + 1.0)
        new = np.clip(new, 0.02, 5)
        new /= new.mean(0)
        self.Wd = new
        a = max(0, t - MEMORY + 1) + MEMORY
        q = slice(a, p + 1)
        W = new[ln.weekday[a - MEMORY : t + 1]]
        den = np.maximum(W, 0.3)
        if t < 35:
            self.C[q] = self.Yc[q] / den
            self.Z[q] = self.Lv[q] + (self.Yn[q] - self.Lv[q] * W) / den
        else:
            self.Z[q] = self.Lv[q] + (self.Yn[q] - self.Lv[q] * W) / den
        # scales
        lo = max(21, t - par.hist + 1)
        lag = par.lag if t - lo > 3 * par.lag else 0
        n = t + 1 - lo - lag
        if n < 7:
            return
        own = np.empty((K, self.L))
        ownd = np.empty((K, self.L))
        top = np.empty((K, self.L))
        for k in range(K):
            dk = self.D[k, lo + MEMORY : p + 1 - lag]
            a = np.partition(np.abs(dk), n // 2, axis=0)[n // 2] / 0.6745
            so = np.sort(dk, 0)
            top[k] = so[-1]
            q = max(1, int(np.ceil(0.05 * n)))
            if par.asym:
                own[k] = np.maximum(a, so[-q] / 1.645)
                ownd[k] = np.maximum(a, -so[q - 1] / 1.645)
            else:
                own[k] = ownd[k] = np.maximum(a, np.sort(np.abs(dk), 0)[min(n - 1, int(0.9 * n))] / 1.645)
            j = max(1, int(np.ceil(0.02 * n)))
            self.up[k] = np.maximum(np.maximum(so[-j], 0), so[-1] * par.top / par.tail)
            self.dn[k] = np.maximum(-so[j - 1], 0)
        act = self.Lv[p] > self.guard * 0.02
        self.s = self.shrunk(own, act, n)
        self.sd = self.shrunk(ownd, act, n)
        act &= ~self.burst
        if act.sum() >= 8:
            m = np.sort(np.maximum(top[:, act] / self.s[:, act], 0.5), axis=1)
            c = m.shape[1]
            q5, q9 = m[:, c // 2], m[:, int(0.85 * c)]
            xi = np.log(q9 / q5) / np.log(np.log(2) / -np.log(0.85))
            lam = -np.log(0.5) * 120 / n / par.alpha
            self.pool = q5 * lam ** np.clip(xi, 0.05, 0.5)
            if par.dbg and t % 56 == 6: print(t, c, np.round(q5, 1), np.round(xi, 2), np.round(self.pool, 1))

    def shrunk(self, own, act, n):
        own = np.maximum(own, 1e-4)
        ref = np.minimum(own[0], own[1])
        ratio = np.median(own[:, act] / ref[act], axis=1) if act.any() else np.ones(K)
        ne = (n / SPANS)[:, None]
        s = np.sqrt((ne * own**2 + par.n0 * (ratio[:, None] * ref) ** 2) / (ne + par.n0))
        return np.maximum(s, par.smin)
