package tree

// ordered reports whether a column is kept in order.
func (c *Columns) ordered() bool {
	for j := range c.cols {
		if c.cols[j].order != nil {
			return true
		}
	}
	return false
}

// fillOrders copies the order of the in-bag rows of each column that has one.
func (g *Grower) fillOrders(w rowWeights) {
	if g.opt.Random || !g.cols.ordered() {
		return
	}
	if g.orders == nil {
		g.orders = make([][]int32, g.cols.Len())
		g.goes = make([]uint8, g.cols.Rows)
	}
	for j := range g.cols.cols {
		order := g.cols.cols[j].order
		if order == nil {
			continue
		}
		switch {
		case g.opt.Alone:
			g.orders[j] = order
		case g.orders[j] == nil:
			g.orders[j] = make([]int32, 0, len(order))
		}
		g.orders[j] = g.orders[j][:0]
		for _, r := range order {
			if w.of(r) > 0 {
				g.orders[j] = append(g.orders[j], r)
			}
		}
	}
}

// scan returns the best cut of a column that is kept in order, and the key of
// its threshold.
func (g *Grower) scan(col *column, order []int32) (c cut, key int32, same bool) {
	keys := g.keys[:len(order)]
	for i, r := range order {
		keys[i] = Key(col.values[r])
	}
	if keys[0] == keys[len(keys)-1] {
		return noCut, 0, true
	}
	c = g.crit.scan(order, keys)
	if c.num >= 0 {
		key = Key(float64(between(keyFloat(keys[c.at-1]), keyFloat(keys[c.at]))))
	}
	return c, key, false
}

// sides writes into g.bins which of the rows go left (0) and right (1) at key.
func (g *Grower) sides(feature int32, rows []int32, key int32) {
	if !g.opt.Random {
		values := g.cols.cols[feature].values
		for i, r := range rows {
			g.bins[i] = uint16(left(Key(values[r]), key)&1) ^ 1
		}
		return
	}
	for i, k := range g.kept[:len(rows)] {
		g.bins[i] = uint16(uint64(int64(key)-int64(k)) >> 63)
	}
}

// load writes a column's keys of the given rows into g.keys and returns the
// least and the greatest.
func (g *Grower) load(feature int32, rows []int32) (least, greatest int32) {
	col, keys := &g.cols.cols[feature], g.keys[:len(rows)]
	all := col.keys
	switch {
	case g.records != nil:
		return g.loadRecords(keys, feature, rows)
	case g.tile.width > 0:
		from := int(feature) * g.tile.most
		all = g.tile.keys[from : from+g.tile.width]
	case col.codes != nil:
		zero, one := Key(0), Key(1)
		least, greatest = one, zero
		for i, r := range rows {
			k := zero
			if col.codes[r] == col.code {
				k = one
			}
			keys[i] = k
			least, greatest = min(least, k), max(greatest, k)
		}
		return least, greatest
	}
	return gatherKeys(keys, all, rows)
}

// partOrders hands every order's part of node n to the node's sides; g.bins
// says which side each row goes to.
func (g *Grower) partOrders(n pending, left uint16) {
	if g.orders == nil {
		return
	}
	for i, r := range g.rows[n.from:n.to] {
		g.goes[r] = 0
		if g.bins[i] > left {
			g.goes[r] = 1
		}
	}
	for _, order := range g.orders {
		if order != nil {
			divideRows(order[n.from:n.to], g.moved, g.goes)
		}
	}
}

// divideRows brings the rows that go left to the front and keeps the order on
// both sides. tmp holds as many rows.
func divideRows(order, tmp []int32, goes []uint8) {
	l, r := 0, 0
	for _, row := range order {
		order[l], tmp[r] = row, row
		right := int(goes[row])
		l += 1 - right
		r += right
	}
	copy(order[l:], tmp[:r])
}
