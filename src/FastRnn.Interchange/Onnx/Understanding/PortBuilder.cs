using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The inputs and outputs of the file around a chain of layers.</summary>
/// <param name="run">The evaluation.</param>
/// <param name="path">The chain.</param>
internal sealed class PortBuilder(GraphRun run, IReadOnlyList<ChainStage> path)
{
    private readonly List<int> recurrent = [.. path.Where(s => s.Layer is RecurrentLayer).Select(s => s.Node)];

    private Findings Findings => run.Findings;

    /// <summary>The sequences.</summary>
    public TensorPort Input(string name) => new(name, Roles(run.Sizes.MainAxes));

    /// <summary>What the last layer puts out.</summary>
    public (IReadOnlyList<Axis> Axes, bool IsReversed) Output(string name, ChainStage stage, Symbol view)
    {
        var features = stage.Features?.Select(t => new Atom(t)).ToArray() ?? [];
        var axes = new List<Axis>();
        var isReversed = false;
        for (var i = 0; i < view.Rank; i++)
        {
            var atoms = view.Axes[i].Where(a => a.Tag.Size > 1).ToArray();
            if (atoms.Length == 0)
                axes.Add(view.Axes[i].Select(a => a.Role).FirstOrDefault(r => r is Axis.Time or Axis.Batch or Axis.Feature) ?? Axis.One);
            else if (features.Any(f => f.Tag.Size > 1) && Atom.Match(atoms, features))
                axes.Add(Axis.Feature);
            else if (atoms is [{ Role: Axis.Batch, IsWhole: true }])
                axes.Add(Axis.Batch);
            else if (atoms is [{ Role: Axis.Time } time] && (time.IsWhole || time.IsReversed))
            {
                axes.Add(Axis.Time);
                isReversed = time.IsReversed;
            }
            else
            {
                Findings.Problem($"{NetworkBuilder.Place(name)}: dimension {i} of {view.ShapeText()} is {Describe(atoms)}: expected all "
                    + "sequences in the order of the input, all steps, or all numbers of a step");
            }
        }

        return (axes, isReversed);
    }

    /// <summary>An output that holds last states; null if it is not understood, which is noted.</summary>
    public StatePort? FinalState(string name, Symbol view)
    {
        var stack = view.Source as StateStack;
        var state = view.Source as FinalState;
        var tag = stack?.Slices ?? state!.Layer.Directions;
        var slice = view.Taken.Concat(view.Axes.SelectMany(a => a)).FirstOrDefault(a => tag is not null && ReferenceEquals(a.Tag, tag))
            ?? new Atom(new AxisTag("layers", 1, Axis.Slice));
        var parts = Enumerable.Range(0, slice.Size).Select(i => stack?.Parts[slice.At(i)] ?? (state!, slice.At(i))).ToList();
        var slices = parts.Select(p => Slice(p.Item1.Layer.Node, p.Item2, p.Item1.IsCell)).ToList();
        var axes = view.Axes.Select(a => Role(a, slice)).ToList();
        var other = view.Taken.FirstOrDefault(a => a.Tag.Size > 1 && !ReferenceEquals(a, slice));
        if (slices.Contains(null) || axes.Contains(null) || other is not null)
        {
            Findings.Problem($"{NetworkBuilder.Place(name)}: {view.Source.Description} {view.ShapeText()}: expected last states of layers "
                + "that lead to the output, with layers and directions, sequences and states as dimensions");
            return null;
        }

        return new StatePort(name, [.. axes.Select(a => a!.Value)], [.. slices.Select(s => s!)]);
    }

    /// <summary>The inputs that hold first states.</summary>
    public IReadOnlyList<StatePort> FirstStates()
    {
        var ports = new List<StatePort>();
        foreach (var source in run.Sizes.States)
        {
            var axes = Roles(source.Axes);
            var count = source.Axes.FirstOrDefault(a => a.Role == Axis.Slice)?.Size ?? 1;
            var uses = run.FirstStates.Where(u => ReferenceEquals(u.Source, source)).OrderBy(u => u.Index).ToList();
            var slices = uses.Select(u => Slice(u.Node, u.Backward ? 1 : 0, u.IsCell)).ToList();
            if (uses.Count != count || uses.Where((u, i) => u.Index != i).Any() || slices.Contains(null))
            {
                Findings.Problem($"the input '{source.Name}': expected that each of its {count} states begins one direction of one layer, "
                    + $"got {uses.Count}");
            }
            else
                ports.Add(new StatePort(source.Name, axes, [.. slices.Select(s => s!)]));
        }

        return ports;
    }

    private static Axis? Role(IReadOnlyList<Atom> atoms, Atom slice)
    {
        var large = atoms.Where(a => a.Tag.Size > 1).ToArray();
        return large switch
        {
            [] => atoms.Select(a => a.Role).FirstOrDefault(r => r is Axis.Batch or Axis.Feature or Axis.Slice) ?? Axis.One,
            [var one] when ReferenceEquals(one, slice) => Axis.Slice,
            [{ Role: Axis.Batch or Axis.Feature, IsWhole: true } one] => one.Role,
            _ => null,
        };
    }

    private static string Describe(IReadOnlyList<Atom> atoms) => string.Join(" and ", atoms.Select(a => a.Tag.Name + a switch
    {
        { IsWhole: true } => "",
        { IsReversed: true } => ", reversed",
        _ => a.Size == a.Tag.Size ? ", reordered" : ", in part",
    }));

    private List<Axis> Roles(IReadOnlyList<AxisTag> tags)
    {
        foreach (var tag in tags.Where(t => t.Role is null && t.Size > 1))
            Findings.Problem($"{tag.Name} ({tag.Size}): no recurrent layer says whether it is time, sequences or numbers of a step");
        return [.. tags.Select(t => t.Role ?? Axis.One)];
    }

    private StateSlice? Slice(int node, int direction, bool isCell) =>
        recurrent.IndexOf(node) is var layer and >= 0 ? new StateSlice(layer, direction == 1, isCell) : null;
}
