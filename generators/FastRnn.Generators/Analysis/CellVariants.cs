using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>A cell with more than its equations say: learned initial states, dropout inside of the recurrence,
/// or zoneout.</summary>
internal static class CellVariants
{
    /// <summary>The cell with one more vector for each of its states, after its own parameters, which no equation reads.</summary>
    public static CellGraph WithLearnedStates(CellGraph cell)
    {
        bool IsTaken(string name) => cell.Parameters.Any(p => p.Name == name) || cell.Tensors.Any(t => t.Name == name);
        var prefix = "initial_";
        while (cell.States.Any(s => IsTaken(prefix + s.Name)))
        {
            prefix += "_";
        }

        return cell with
        {
            Parameters =
                new(cell.Parameters.Concat(
                    cell.States.Select(s => new ParameterSpec(prefix + s.Name, s.Dimension, "", Initializer.Zeros, 1)))),
        };
    }

    /// <summary>The cell in which matrices multiply states under a mask that stays for a whole sequence (Gal and Ghahramani 2016). Each
    /// state s that a matrix multiplies, alone or times something else, gets two more: the mask <c>m' = m</c> and what the matrices
    /// multiply in place of s, <c>sm' = s' * m</c>. They come after the cell's own states, each mask before its product.</summary>
    /// <remarks>The masked cell executed in double precision is FastRnn.Testing.RecurrentDropoutReference.</remarks>
    /// <param name="cell">The cell.</param>
    /// <param name="masked">The states that got a mask; none if no matrix multiplies any.</param>
    public static CellGraph WithRecurrentDropout(CellGraph cell, out IReadOnlyList<int> masked)
    {
        var graph = new GraphBuilder();
        var states = cell.States.ToList();
        var order = new List<int>();
        var moved = new int[cell.Nodes.Count];

        // The masked form of a node that is multiplied by a matrix: of a state, or of a product with one.
        int Masked(int index)
        {
            var node = cell.Nodes[index];
            if (node.Operation == Operation.State)
            {
                var place = order.IndexOf(node.A);
                if (place < 0)
                {
                    place = order.Count;
                    order.Add(node.A);
                    var name = cell.States[node.A].Name;
                    states.Add(new StateSpec(Free(cell, states, name + "Mask"), node.Dimension));
                    states.Add(new StateSpec(Free(cell, states, name + "Masked"), node.Dimension));
                }

                var state = cell.States.Count + 2 * place + 1;
                return graph.Add(Operation.State, node.Dimension, state, name: states[state].Name);
            }

            if (node.Operation != Operation.Multiply)
            {
                return moved[index];
            }

            var a = Masked(node.A);
            return graph.Add(Operation.Multiply, node.Dimension, a, a == moved[node.A] ? Masked(node.B) : moved[node.B]);
        }

        for (var i = 0; i < moved.Length; i++)
        {
            var node = cell.Nodes[i];
            moved[i] = node.Operation == Operation.Product
                ? graph.Add(node.Operation, node.Dimension, node.A, Masked(node.B), name: node.Name)
                : graph.Add(
                    node.Operation, node.Dimension, node.HasOperand ? moved[node.A] : node.A, node.IsBinary ? moved[node.B] : node.B,
                    node.Value, node.Name);
        }

        masked = order;
        var roots = cell.NewStates.Select(n => n < 0 ? n : moved[n]).ToList();
        var equations = cell.Equations.Select(e => (e.Text, Node: moved[e.Node])).ToList();
        foreach (var state in order)
        {
            var (mask, product) = (cell.States.Count + 2 * order.IndexOf(state), cell.States.Count + 2 * order.IndexOf(state) + 1);
            var kept = graph.Add(Operation.State, states[mask].Dimension, mask, name: states[mask].Name);
            var dropped = graph.Add(Operation.Multiply, states[mask].Dimension, roots[state], kept);
            graph.Name(dropped, states[product].Name);
            roots.Add(kept);
            roots.Add(dropped);
            equations.Add(($"{states[product].Name} = {states[state].Name} * {states[mask].Name}", dropped));
        }

        var nodes = graph.Live(roots.Where(r => r >= 0), out var places);
        return cell with
        {
            Name = cell.Name + "Masked",
            States = new(states),
            Nodes = nodes,
            NewStates = new(roots.Select(r => r < 0 ? r : places[r])),
            Equations = new(equations.Where(e => places[e.Node] >= 0).Select(e => new Equation(e.Text, places[e.Node]))),
        };
    }

    /// <summary>The cell whose units keep their old values by chance (zoneout, Krueger et al. 2016). For each state s that is held there
    /// is one more behind the cell's own, a mask that every step finds anew and none computes; where the cell said s', it is now
    /// <c>mask s + (1 - mask) s'</c>. Other equations go on reading s', as in the paper: h of an LSTM is made of the c that no mask has
    /// touched.</summary>
    /// <remarks>The cell executed in double precision is FastRnn.Testing.ZoneoutReference.</remarks>
    /// <param name="cell">The cell.</param>
    /// <param name="held">The states under a mask, in the order in which these follow the cell's own; none twice.</param>
    public static CellGraph WithZoneout(CellGraph cell, IReadOnlyList<int> held)
    {
        var graph = new GraphBuilder(cell.Nodes);
        var states = cell.States.ToList();
        var roots = cell.NewStates.ToList();
        var equations = cell.Equations.ToList();
        foreach (var s in held)
        {
            var (name, dimension, place) = (cell.States[s].Name, cell.States[s].Dimension, states.Count);
            states.Add(new StateSpec(Free(cell, states, name + "Held"), dimension));
            var mask = graph.Add(Operation.State, dimension, place, name: states[place].Name);
            var old = graph.Add(Operation.State, dimension, s, name: name);
            var rest = graph.Binary(Operation.Subtract, graph.Constant(1), mask);
            var next = graph.Binary(
                Operation.Add, graph.Binary(Operation.Multiply, mask, old), graph.Binary(Operation.Multiply, rest, roots[s]));
            graph.Name(next, Free(cell, states, name + "Next"));
            roots[s] = next;
            equations.Add(new Equation($"{name}' = {states[place].Name} * {name} + (1 - {states[place].Name}) * {name}'", next));
        }

        return cell with
        {
            Name = cell.Name + "Zoneout",
            States = new(states),
            Nodes = new(graph.Nodes),
            NewStates = new(roots.Concat(held.Select(_ => CellGraph.GivenState))),
            Equations = new(equations),
        };
    }

    /// <summary>The matrices of a masked cell that multiply a masked state, each with the number of its mask; null if one of them
    /// multiplies something else too.</summary>
    /// <param name="cell">What <see cref="WithRecurrentDropout"/> made.</param>
    /// <param name="own">The number of states before the first mask.</param>
    public static IReadOnlyList<(int Matrix, int Mask)>? MaskedProducts(CellGraph cell, int own)
    {
        // The mask of an operand; -1 for none.
        int Mask(int index)
        {
            var node = cell.Nodes[index];
            return node.Operation == Operation.State ? (node.A >= own ? (node.A - own) / 2 : -1)
                : node.Operation == Operation.Multiply ? Math.Max(Mask(node.A), Mask(node.B))
                : -1;
        }

        var masks = cell.Nodes.Where(n => n.Operation == Operation.Product).GroupBy(n => n.A, n => Mask(n.B))
            .Select(g => (Matrix: g.Key, Masks: g.Distinct().ToList()))
            .Where(g => g.Masks.Any(m => m >= 0)).OrderBy(g => g.Matrix).ToList();
        return masks.Any(g => g.Masks.Count > 1) ? null : masks.Select(g => (g.Matrix, g.Masks[0])).ToList();
    }

    /// <summary>The name, or one like it that nothing in the cell has.</summary>
    private static string Free(CellGraph cell, List<StateSpec> states, string name)
    {
        while (states.Any(s => s.Name == name) || cell.Nodes.Any(n => n.Name == name) || cell.Parameters.Any(p => p.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
