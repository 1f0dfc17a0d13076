using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;

namespace FastRnn.Generators.Scheduling;

/// <summary>Schedules a loss and its gradient: as few walks over the elements as sums wait for each other. What a later walk needs of an
/// earlier one is computed again; only numbers are kept.</summary>
internal sealed class LossScheduler
{
    private readonly LossGradient graph;
    private readonly NumberTable isNumber;
    private readonly int[] levels;
    private readonly NameTable names = new("at", "S", "V");
    private readonly Dictionary<int, Expression> numbers = [];
    private readonly string count;
    private int sums;

    private LossScheduler(LossGradient graph)
    {
        this.graph = graph;
        isNumber = new NumberTable(graph.Nodes);
        count = names.Unique("count");
        levels = new int[graph.Nodes.Count];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = graph.Nodes[i].Operands.Select(o => levels[o]).DefaultIfEmpty(0).Max() + (graph.Nodes[i].IsReduction ? 1 : 0);
        }
    }

    /// <summary>The plan of a loss.</summary>
    public static LossPlan Schedule(LossStep step) => new LossScheduler(LossDifferentiator.Differentiate(step)).Plan(step);

    private LossPlan Plan(LossStep step)
    {
        var walks = new List<LossWalk>();

        // Outputs and gradient may be one memory: nothing reads an output after the walk that writes the gradient.
        var last = Math.Max(graph.Outputs.Max(o => levels[o]), levels[graph.Loss] - 1);
        for (var level = 0; level <= last; level++)
        {
            walks.Add(Walk(level, level == last));
        }

        var (statements, loss) = Finish();
        return new LossPlan(step.Class, step.Outputs, count, sums, new(walks), statements, loss, step.IsStatic);
    }

    private LossWalk Walk(int level, bool hasGradient)
    {
        var summed = Enumerable.Range(0, levels.Length)
            .Where(i => graph.Nodes[i].IsReduction && levels[i] == level + 1).ToList();
        var roots = summed.Select(i => graph.Nodes[i].A).Concat(hasGradient ? graph.Outputs : []).ToList();
        var uses = UseCounter.Count(graph.Nodes, roots, IsVector);
        var numbers = Numbers(Enumerable.Range(0, uses.Length).Where(i => uses[i] > 0 && isNumber[i]).ToList());

        var reads = Enumerable.Range(0, uses.Length).Where(i => uses[i] > 0 && graph.Nodes[i].Operation == Operation.Input)
            .ToDictionary(i => i, i => new LossRead(graph.Nodes[i].A, names.Unique(graph.Nodes[i].Name)));
        var builder = Builder(uses, i => reads.TryGetValue(i, out var read) ? new Expression.Variable(read.Name) : null);
        Equations(builder, i => uses[i] > 0 && IsVector(i));
        var sums = summed.Select(i => new LossSum(this.sums++, names.Unique(SumName(i)), builder.Value(graph.Nodes[i].A))).ToList();
        var gradients = new List<Expression>();
        if (hasGradient)
        {
            builder.Under("The gradient.", () => gradients.AddRange(graph.Outputs.Select(builder.Value)));
        }

        for (var i = 0; i < summed.Count; i++)
        {
            this.numbers.Add(summed[i], new Expression.Variable(sums[i].Name));
        }

        return new LossWalk(
            numbers, new(reads.Values.OrderBy(r => r.Vector)), new(builder.Statements), new(sums), new(gradients));
    }

    /// <summary>Statements that compute numbers, whose sums are finished.</summary>
    private EquatableArray<Statement> Numbers(IReadOnlyList<int> wanted)
    {
        var missing = wanted.Where(IsComputed).ToList();
        var uses = UseCounter.Count(graph.Nodes, missing.Concat(missing), IsComputed);
        var builder = Builder(uses, _ => null);
        Equations(builder, i => uses[i] > 0 && IsComputed(i));
        foreach (var i in missing)
        {
            numbers[i] = builder.Value(i);
        }

        return new(builder.Statements);
    }

    private (EquatableArray<Statement> Statements, Expression Loss) Finish()
    {
        var statements = Numbers([graph.Loss]);
        return (statements, numbers[graph.Loss]);
    }

    private EpilogueBuilder Builder(int[] uses, Func<int, Expression?> source) => new(
        graph.Nodes,
        i => numbers.TryGetValue(i, out var number) ? number
            : graph.Nodes[i].Operation == Operation.Constant ? Constant(i)
            : graph.Nodes[i].Operation == Operation.Length ? new Expression.Variable(count)
            : source(i),
        uses, _ => false, names);

    private void Equations(EpilogueBuilder builder, Func<int, bool> isHere)
    {
        foreach (var equation in graph.Equations.Where(e => e.Node >= 0 && isHere(e.Node)))
        {
            builder.Under(equation.Text, () => builder.Value(equation.Node));
        }
    }

    private Expression.Number Constant(int node) => new Expression.Number(graph.Nodes[node].Value);

    private bool IsVector(int node) => !isNumber[node] && graph.Nodes[node].Operation != Operation.Input;

    private bool IsComputed(int node) =>
        isNumber[node] && !numbers.ContainsKey(node) && graph.Nodes[node].Operation is not (Operation.Constant or Operation.Length);

    private string SumName(int node) => graph.Nodes[node].Name.Length > 0 ? graph.Nodes[node].Name : "sum";
}
