using System.Globalization;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Understands a graph as a network by evaluating it with data that are symbols, several times with other sizes: what is the same
/// for all of them is the network.</summary>
internal static class GraphUnderstanding
{
    // Numbers of an input whose sizes are fixed: it is made several times to compare with, and what layers make of it is held.
    private const int LargestInput = 1 << 20;

    // The only number of steps or sequences that a graph may work for, if its input does not say so.
    private const int LargestGuess = 1 << 16;
    private const int MostCandidates = 8;

    // Sizes of free dimensions in each of three evaluations. Of two neighbours either is the larger one once.
    private static readonly int[][] Primes = [[5, 11, 17, 23], [13, 7, 19, 29], [3, 2, 31, 37]];

    /// <summary>Understands a graph.</summary>
    /// <param name="model">The file.</param>
    /// <param name="findings">Receives what is not understood, what was assumed, and where tensors went.</param>
    public static Network? Read(OnnxModel model, Findings findings)
    {
        foreach (var problem in model.Problems)
            findings.Problem(problem);
        if (model.Problems.Count > 0)
            return null;

        var nodes = UnrolledRnn.Fold(model);
        if (GraphInputs.Find(model, nodes, findings) is not { } inputs || !CheckSizes(inputs, findings))
            return null;

        var file = new GraphFile(model, nodes, inputs);
        var first = default(Attempt);
        foreach (var attempt in Attempts(file))
        {
            first ??= attempt;
            if (attempt.Network is null)
                continue;
            Take(file, attempt.Findings, findings);
            return findings.Problems.Count > 0 ? null : attempt.Network;
        }

        Take(file, first!.Findings, findings);
        return null;
    }

    private static bool CheckSizes(GraphInputs inputs, Findings findings)
    {
        var all = inputs.States.Append(inputs.Main).Concat(inputs.Lengths is { } lengths ? [lengths] : []);
        var problems = findings.Problems.Count;
        foreach (var input in all)
        {
            if (input.Shape!.Count is 0 or > 4)
                findings.Problem($"the input '{input.Name}': expected 1 to 4 dimensions, got {input.Shape.Count}");
            long count = 1;
            foreach (var size in input.Shape.Select(d => d.Size ?? 1))
            {
                count = size is > 0 and <= LargestInput ? count * size : long.MaxValue;
                if (count is > 0 and <= LargestInput)
                    continue;
                findings.Problem($"the input '{input.Name}': expected sizes that are above 0 and {LargestInput} numbers at most, got "
                    + $"[{string.Join(", ", input.Shape.Select(d => d.Size?.ToString(CultureInfo.InvariantCulture) ?? "?"))}]");
                break;
            }
        }

        return findings.Problems.Count == problems;
    }

    // All sizes free, then with a free dimension as the only size for which the nodes work: a Reshape of the traced length.
    private static IEnumerable<Attempt> Attempts(GraphFile file)
    {
        var shape = file.Inputs.Main.Shape!;
        var symbol = file.Inputs.Lengths?.Shape![0].Symbol;
        int[] guesses = [.. Enumerable.Range(0, shape.Count).Where(i => symbol is not null && shape[i].Symbol == symbol), 1, 0];
        var others = file.Inputs.States.Count > 0 || file.Inputs.Lengths is not null;
        guesses = [.. guesses.Distinct().Take(others ? 2 : 1)];
        foreach (var guess in guesses)
            yield return Run(file, guess, []);

        foreach (var axis in Enumerable.Range(0, shape.Count).Where(i => shape[i].Size is null))
        {
            foreach (var size in Candidates(file))
            {
                foreach (var guess in guesses)
                    yield return Run(file, guess, new() { [axis] = size });
            }
        }
    }

    private static Attempt Run(GraphFile file, int batchAxis, Dictionary<int, int> onlySizes)
    {
        var shape = file.Inputs.Main.Shape!;
        var result = default(Attempt);
        var digest = "";
        foreach (var primes in Primes)
        {
            var sizes = shape.Select((d, i) => (int)(d.Size ?? onlySizes.GetValueOrDefault(i, primes[i]))).ToArray();
            var isFixed = shape.Select((d, i) => d.Size is not null || onlySizes.ContainsKey(i)).ToArray();
            var run = GraphRun.Of(file, new GraphSizes(file.Inputs, sizes, isFixed, batchAxis));
            foreach (var (axis, size) in onlySizes)
                run.Findings.Assume($"dimension {axis} of '{file.Inputs.Main.Name}' is free in the file; its nodes work only for {size}");
            var network = Build(run, file.Inputs);
            if (network is null)
                return new Attempt(null, run.Findings);
            if (result is not null && NetworkDigest.Of(network) != digest)
            {
                result.Findings.Problem("the graph is another network for other numbers of steps or sequences");
                return new Attempt(null, result.Findings);
            }

            result = new Attempt(network, run.Findings);
            digest = NetworkDigest.Of(network);
            if (isFixed.All(f => f) && file.Inputs.Lengths is null)
                break;
        }

        return result!;
    }

    private static Network? Build(GraphRun run, GraphInputs inputs)
    {
        try
        {
            return new NetworkBuilder(run, inputs).Build();
        }
        catch (ForeignFileException e)
        {
            run.Findings.Problem(e.Message);
            return null;
        }
    }

    // Sizes that outputs declare, those in constant shapes of Reshape nodes, and numbers of unrolled steps.
    private static IEnumerable<int> Candidates(GraphFile file)
    {
        var declared = file.Model.Outputs.SelectMany(o => o.Shape ?? []).Select(d => d.Size ?? 0);
        var shapes = file.Nodes.Where(n => n.Operator == "Reshape" && n.Inputs.Count > 1)
            .Select(n => file.Constants.GetValueOrDefault(n.Inputs[1])).OfType<ConstantValue>().Where(c => c.Count <= 8)
            .SelectMany(c => Enumerable.Range(0, c.Count).Select(i => (long)c[i]));
        var unrolled = file.Nodes.Where(n => n.Operator == UnrolledRnn.Operator)
            .Select(n => (long)(n.Inputs.Count - UnrolledRule.FirstStep));
        return unrolled.Concat(declared).Concat(shapes).Where(s => s is > 0 and <= LargestGuess).Select(s => (int)s).Distinct()
            .Take(MostCandidates);
    }

    private static void Take(GraphFile file, Findings from, Findings to)
    {
        foreach (var problem in from.Problems)
            to.Problem(problem);
        foreach (var assumption in from.Assumptions)
            to.Assume(assumption);
        foreach (var use in from.Uses)
            to.Use(use.Tensor, use.Destination);

        var used = from.Uses.Select(u => u.Tensor).ToHashSet();
        var read = file.Model.Nodes.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, tensor) in file.Model.Initializers.Where(i => !used.Contains(i.Value)))
        {
            to.Use(tensor, read.Contains(name) ? "shape arithmetic" : "nothing");
            if (!read.Contains(name))
                to.Assume($"the initializer '{name}' {tensor.ShapeText()} is read by no node");
        }
    }

    private sealed record Attempt(Network? Network, Findings Findings);
}
