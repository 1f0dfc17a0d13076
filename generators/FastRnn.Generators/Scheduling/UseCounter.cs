using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>Counts how often the kernel that must make some roots asks for each node's value.</summary>
internal static class UseCounter
{
    public static int[] Count(IReadOnlyList<Node> nodes, IEnumerable<int> roots, Func<int, bool> isComputedHere)
    {
        var uses = new int[nodes.Count];
        var pending = new Stack<int>(roots);
        while (pending.Count > 0)
        {
            var index = pending.Pop();
            if (uses[index]++ > 0 || !isComputedHere(index))
            {
                continue;
            }

            pending.Push(nodes[index].A);
            if (nodes[index].IsBinary)
            {
                pending.Push(nodes[index].B);
            }
        }

        return uses;
    }
}
