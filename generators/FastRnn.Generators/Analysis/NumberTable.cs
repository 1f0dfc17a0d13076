using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>Which nodes of a growing graph are numbers: all their elements are the same, because they are made of sums along vectors and
/// of constants.</summary>
/// <param name="nodes">The graph; operands come before their users.</param>
internal sealed class NumberTable(IReadOnlyList<Node> nodes)
{
    private readonly List<bool> known = [];

    public bool this[int node]
    {
        get
        {
            while (known.Count <= node)
            {
                known.Add(nodes[known.Count] switch
                {
                    { Operation: Operation.Constant or Operation.Length } or { IsReduction: true } => true,
                    { IsElementwise: true } next => next.Operands.All(operand => known[operand]),
                    _ => false,
                });
            }

            return known[node];
        }
    }
}
