using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A recurrent kernel of a model, with its cell as it was declared.</summary>
internal sealed record RecurrentKernel(int Layer, LayerGraph Declared);

/// <summary>Where the states of recurrent layers come from.</summary>
/// <param name="Kind">Zero, if each layer says it itself; else LastState or Layer.</param>
/// <param name="Handed">LastState: the encoder's kernels in their order.</param>
/// <param name="From">Layer: the vector of which a dense layer makes each state.</param>
/// <param name="Prefix">Layer: the first part of those layers' names in a file.</param>
internal sealed record StartPlan(StartKind Kind, IReadOnlyList<RecurrentKernel> Handed, Flow? From, string Prefix)
{
    public static readonly StartPlan Own = new(StartKind.Zero, [], null, "");
}

/// <summary>Wires the recurrent layers of one part of a model.</summary>
/// <param name="table">Where they go.</param>
/// <param name="resolve">The cell of a layer.</param>
/// <param name="plan">With what their states begin.</param>
/// <param name="problems">What is wrong.</param>
internal sealed class RecurrentWiring(LayerTable table, Func<LayerSpec, CellGraph> resolve, StartPlan plan, List<Problem> problems)
{
    private readonly List<RecurrentKernel> kernels = [];

    /// <summary>All kernels so far, of a bidirectional layer first the forward one.</summary>
    public IReadOnlyList<RecurrentKernel> Kernels => kernels;

    /// <summary>The outputs of the last layer's kernels, each in its own time: one, or those of both directions.</summary>
    public IReadOnlyList<Flow> Directions { get; private set; } = [];

    /// <summary>How they become one.</summary>
    public Merge MergeWord { get; private set; } = Merge.Concat;

    /// <summary>The place of the last layer.</summary>
    public Place LastPlace { get; private set; }

    /// <param name="spec">The layer.</param>
    /// <param name="from">What it reads.</param>
    /// <param name="format">Makes names of tensors, such as <c>encoder.{0}_l0</c>.</param>
    public Flow Add(LayerSpec spec, Flow from, string format)
    {
        (MergeWord, LastPlace) = (spec.Options.Merge, spec.Place);
        if (spec.Options.Backward)
        {
            var only = Backward(spec, from, format);
            Directions = [only];
            return table.Same(LayerOperation.Reverse, only, spec.Place);
        }

        var forward = Kernel(spec, from, format);
        if (!spec.Options.Bidirectional)
        {
            Directions = [forward];
            return forward;
        }

        var backward = Backward(spec, from, format);
        Directions = [forward, backward];
        return table.Join(MergeWord, forward, table.Same(LayerOperation.Reverse, backward, spec.Place), spec.Place);
    }

    /// <summary>The last output of the last layer: of each direction in its own time.</summary>
    public Flow Last(Place place)
    {
        var last = Directions.Select(d => table.Operation(LayerOperation.PoolLast, d.Size, TimeDomain.Single, [d], place)).ToList();
        return last.Count == 1 ? last[0] : table.Join(MergeWord, last[0], last[1], place);
    }

    /// <summary>The kernel that reads from the end, in its own time.</summary>
    private Flow Backward(LayerSpec spec, Flow from, string format) =>
        Kernel(spec, table.Same(LayerOperation.Reverse, from, spec.Place), format + "_reverse");

    private Flow Kernel(LayerSpec spec, Flow from, string format)
    {
        var declared = new LayerGraph(resolve(spec), false, DenseActivation.Linear, from.Size, spec.HiddenSize, spec.Dimensions);
        var (cell, starts) = (declared.Cell, Starts(spec, declared, format));
        if (spec.Options.InitialState == InitialState.Learned && plan.Kind == StartKind.Zero)
        {
            cell = CellVariants.WithLearnedStates(cell);
        }

        List<StartGraph> held = [.. Held(spec, declared.Cell)];
        if (held.Count > 0)
        {
            cell = CellVariants.WithZoneout(cell, [.. held.Select(start => start.Index)]);
            starts.AddRange(held);
        }

        if (spec.Options.RecurrentDropout > 0)
        {
            var before = cell.States.Count;
            cell = CellVariants.WithRecurrentDropout(cell, out var masked);
            var nothing = Problem.Of(Descriptors.NothingToDrop, spec.Options.RecurrentDropoutPlace, cell.TypeName);
            if (masked.Count == 0 && !problems.Contains(nothing))
            {
                problems.Add(nothing);
            }

            for (var i = 0; i < masked.Count; i++)
            {
                starts.Add(new StartGraph(StartKind.Mask, Value: spec.Options.RecurrentDropout));
                starts.Add(new StartGraph(StartKind.Masked, masked[i], before + 2 * i));
            }
        }

        var flow = table.Kernel(declared with { Cell = cell }, from, format, spec.Place, starts);
        kernels.Add(new(flow.Source, declared));
        return flow;
    }

    /// <summary>The masks of a layer's zoneout: of each state whose units may be held, with its rate.</summary>
    private IEnumerable<StartGraph> Held(LayerSpec spec, CellGraph cell)
    {
        var rates = spec.Options.StateZoneout;
        if (rates.Count == 0)
        {
            rates = new(cell.States.Select(_ => spec.Options.Zoneout));
        }
        else if (rates.Count != cell.States.Count)
        {
            var wrong = Problem.Of(
                Descriptors.StateRates, spec.Options.StateZoneoutPlace, cell.TypeName, string.Join(", ", cell.States.Select(s => s.Name)),
                rates.Count.ToString(CultureInfo.InvariantCulture));
            if (!problems.Contains(wrong))
            {
                problems.Add(wrong);
            }

            return [];
        }

        return Enumerable.Range(0, rates.Count).Where(s => rates[s] > 0)
            .Select(s => new StartGraph(StartKind.Zoneout, s, Value: rates[s]));
    }

    private List<StartGraph> Starts(LayerSpec spec, LayerGraph declared, string format) =>
        [.. declared.Cell.States.Select((state, i) => plan.Kind switch
        {
            StartKind.LastState => new StartGraph(StartKind.LastState, plan.Handed[kernels.Count].Layer, i),
            StartKind.Layer => new StartGraph(StartKind.Layer, Made(spec, declared.Size(state.Dimension), state.Name, format)),
            _ => spec.Options.InitialState switch
            {
                InitialState.Random => new StartGraph(StartKind.Random, Value: spec.Options.InitialScale),
                InitialState.Learned => new StartGraph(StartKind.Learned, declared.Cell.Parameters.Count + i),
                _ => StartGraph.Zero,
            },
        })];

    private int Made(LayerSpec spec, int size, string state, string format)
    {
        var name = format.Substring(format.IndexOf("{0}", StringComparison.Ordinal)).Replace("{0}", state);
        return table.Dense(plan.From!, size, DenseActivation.Tanh, $"{plan.Prefix}.{name}.{{0}}", spec.Place).Source;
    }
}
