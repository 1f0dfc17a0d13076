using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>Gathers every maximal sum of matrix products and vector parameters into an accumulator. What else is in such a sum is
/// added afterwards, element by element.</summary>
internal sealed class LinearForms
{
    private readonly CellGraph cell;
    private readonly int[] uses;
    private readonly bool[] absorbed;
    private readonly int[] moved;
    private readonly List<Node> nodes = [];
    private readonly List<Accumulator> accumulators = [];

    private LinearForms(CellGraph cell)
    {
        this.cell = cell;
        uses = CountUses(cell);
        absorbed = new bool[cell.Nodes.Count];
        moved = new int[cell.Nodes.Count];
    }

    public static StepGraph Gather(CellGraph cell) => new LinearForms(cell).Run();

    private StepGraph Run()
    {
        MarkAbsorbed();
        for (var i = 0; i < cell.Nodes.Count; i++)
        {
            moved[i] = absorbed[i] ? -1 : Move(i);
        }

        // A statement whose value was absorbed is told where the sum went that took it in.
        for (var i = cell.Nodes.Count - 1; i >= 0; i--)
        {
            if (moved[i] < 0)
            {
                moved[i] = moved[User(i)];
            }
        }

        var named = accumulators.Select((a, i) => a.Name.Length > 0 ? a : a with { Name = NameOf(i) });
        return new StepGraph(
            new(nodes),
            new(named.ToList()),
            new(cell.NewStates.Select(n => n < 0 ? n : moved[n])),
            new(cell.Equations.Select(e => e with { Node = moved[e.Node] })));
    }

    private static int[] CountUses(CellGraph cell)
    {
        var uses = new int[cell.Nodes.Count];
        foreach (var node in cell.Nodes)
        {
            if (node.Operation == Operation.Product)
            {
                uses[node.B]++;
            }

            foreach (var operand in node.Operands)
            {
                uses[operand]++;
            }
        }

        foreach (var state in cell.NewStates.Where(n => n >= 0))
        {
            uses[state]++;
        }

        return uses;
    }

    /// <summary>An inner sum with one user that is a sum itself belongs to that user, and so does a product.</summary>
    private void MarkAbsorbed()
    {
        foreach (var node in cell.Nodes.Where(n => n.Operation == Operation.Add))
        {
            foreach (var operand in new[] { node.A, node.B })
            {
                absorbed[operand] |= uses[operand] == 1
                    && (cell.Nodes[operand].Operation is Operation.Add or Operation.Product);
            }
        }
    }

    private int Move(int index)
    {
        var node = cell.Nodes[index];
        if (node.Operation is Operation.Add or Operation.Product)
        {
            return MoveSum(index, node);
        }

        if (node.IsBinary)
        {
            return Push(node with { A = moved[node.A], B = moved[node.B] });
        }

        return Push(node.HasOperand ? node with { A = moved[node.A] } : node);
    }

    private int MoveSum(int index, Node root)
    {
        var terms = new List<int>();
        Flatten(index, terms);
        bool IsProduct(int t) => cell.Nodes[t].Operation == Operation.Product && (absorbed[t] || t == index);
        var products = terms.Where(IsProduct).ToList();
        bool IsBias(int t) => products.Count > 0 && cell.Nodes[t].Operation == Operation.Parameter;
        var biases = terms.Where(IsBias).ToList();

        // A term may stand in a sum more than once, so these are lists and not sets.
        var rest = terms.Where(t => !IsProduct(t) && !IsBias(t)).ToList();

        var sum = -1;
        if (products.Count > 0)
        {
            accumulators.Add(new Accumulator(
                rest.Count == 0 ? root.Name : "",
                root.Dimension,
                new(biases.Select(b => cell.Nodes[b].A)),
                new(products.Select(p => new Term(cell.Nodes[p].A, moved[cell.Nodes[p].B])).OrderBy(OperandRank))));
            sum = Push(new Node(Operation.Accumulate, root.Dimension, rest.Count == 0 ? root.Name : "", accumulators.Count - 1));
        }

        for (var i = 0; i < rest.Count; i++)
        {
            var name = i == rest.Count - 1 ? root.Name : "";
            sum = sum < 0 ? moved[rest[i]] : Push(new Node(Operation.Add, root.Dimension, name, sum, moved[rest[i]]));
        }

        return sum;
    }

    private void Flatten(int index, List<int> terms)
    {
        if (cell.Nodes[index].Operation == Operation.Product)
        {
            terms.Add(index);
            return;
        }

        foreach (var operand in new[] { cell.Nodes[index].A, cell.Nodes[index].B })
        {
            if (absorbed[operand] && cell.Nodes[operand].Operation == Operation.Add)
            {
                Flatten(operand, terms);
            }
            else
            {
                terms.Add(operand);
            }
        }
    }

    private int OperandRank(Term term) => nodes[term.Operand].Operation switch
    {
        Operation.Input => -2,
        Operation.State => -1,
        _ => term.Operand,
    };

    private int Push(Node node)
    {
        nodes.Add(node);
        return nodes.Count - 1;
    }

    private int User(int index)
    {
        for (var i = index + 1; i < cell.Nodes.Count; i++)
        {
            var node = cell.Nodes[i];
            if (node.Operation == Operation.Add && (node.A == index || node.B == index))
            {
                return i;
            }
        }

        return index;
    }

    /// <summary>An accumulator is named after the first variable that depends on it.</summary>
    private string NameOf(int accumulator)
    {
        var depends = new bool[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            depends[i] = node.Operation == Operation.Accumulate
                ? node.A == accumulator
                : node.Operands.Any(operand => depends[operand]);
            if (depends[i] && node.Name.Length > 0)
            {
                return node.Name;
            }
        }

        return "sum";
    }
}
