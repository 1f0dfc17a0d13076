using FastRnn.CompilerServices;
using FastRnn.Memory;
using FastRnn.Operations;

namespace FastRnn.Execution;

/// <summary>What a pass does at one layer, made once for a run: what the layer reads, along which time it goes, what its states begin with.
/// Where nothing is dropped a dropout is no step (its readers read what it reads); in a stream every time is the model's own, and the last
/// step of a sequence is the one that just was.</summary>
internal sealed class LayerStep
{
    private static readonly StateStart Zero = new(StartKind.Zero);

    private LayerStep(int index, LayerInfo info, TimeDomain time, int[] sources, bool isSkipped)
    {
        (Index, Info, Time, Sources, Source, IsSkipped) = (index, info, time, sources, sources[0], isSkipped);
        Operator = LayerOperator.Of(info.Wiring.Operation);
        Starts = [.. info.States.Select((_, s) => s < info.Wiring.Starts.Count ? info.Wiring.Starts[s] : Zero)];
        ParameterCount = info.ParameterCount;
        Zoned = Numbers.Below(Starts.Length, s => Starts[s].Kind == StartKind.Zoneout);
        StateSizes = Numbers.Of(info.States, (state, _) => state.PaddedSize);
        OutputStride = Padding.RoundUp(info.OutputSize);
    }

    /// <summary>The layer's index in the model.</summary>
    public int Index { get; }

    /// <summary>The layer's tables.</summary>
    public LayerInfo Info { get; }

    /// <summary>Along which time it goes.</summary>
    public TimeDomain Time { get; }

    /// <summary>Layers whose outputs it reads, or one of the inputs of <see cref="LayerWiring"/>. A layer behind this one is fed
    /// back.</summary>
    public int[] Sources { get; }

    /// <summary>The first of them: a kernel has no other.</summary>
    public int Source { get; }

    /// <summary>Whether nothing is computed here: readers read its first source.</summary>
    public bool IsSkipped { get; }

    /// <summary>What computes it; null for generated kernels.</summary>
    public LayerOperator? Operator { get; }

    /// <summary>With what each state begins.</summary>
    public StateStart[] Starts { get; }

    /// <summary>Its states that are masks of a zoneout.</summary>
    public int[] Zoned { get; }

    /// <summary>Floats of a row of each state, from the model's tables: passes ask here, a stream in every step, and an array answers at
    /// once.</summary>
    public int[] StateSizes { get; }

    /// <summary>Floats of a row of its outputs.</summary>
    public int OutputStride { get; }

    /// <summary>Number of the layer's learned numbers.</summary>
    public int ParameterCount { get; }

    /// <summary>Whether all steps may be rows of one: nothing is carried from step to step.</summary>
    public bool MergesSteps => !Info.IsRecurrent;

    /// <summary>Whether its states begin with what the layer learned, or nothing but zeros and masks.</summary>
    public bool BeginsWithZeros => Starts.All(s => s.Kind == StartKind.Zero || s.IsMask);

    /// <summary>The steps of a model.</summary>
    /// <param name="info">The model.</param>
    /// <param name="sizes">What the run is for.</param>
    public static LayerStep[] Of(ModelInfo info, RunSizes sizes)
    {
        var steps = new LayerStep[info.Layers.Count];

        // Steps that come one by one, and nothing besides.
        var isStream = sizes.IsStream && info.Source is null && info.ConditionSize == 0;
        for (var l = 0; l < steps.Length; l++)
        {
            var layer = info.Layers[l];
            var isSkipped = LayerOperator.Of(layer.Wiring.Operation)?.IsCopy(sizes.IsTraining, isStream) ?? false;
            var sources = new int[layer.Wiring.Sources.Count];
            for (var i = 0; i < sources.Length; i++)
            {
                sources[i] = layer.Wiring.Sources[i] > l ? layer.Wiring.Sources[i] : Resolve(steps, layer.Wiring.Sources[i]);
            }

            steps[l] = new LayerStep(l, layer, isStream ? TimeDomain.Main : layer.Wiring.Domain, sources, isSkipped);
        }

        return steps;
    }

    /// <summary>Where the numbers stand of a layer that may be skipped.</summary>
    public static int Resolve(LayerStep[] steps, int source) => source >= 0 && steps[source].IsSkipped ? steps[source].Sources[0] : source;

    /// <summary>Whether a pass can begin where another one stopped: nothing looks at a sequence as a whole.</summary>
    public static bool CanCarry(ModelInfo info) =>
        info.Loss != LossKind.Ctc && info.Layers.All(
            l => l.Wiring.Domain == TimeDomain.Main && LayerOperator.Of(l.Wiring.Operation) is null or { IsStepwise: true });

    /// <summary>Whether every step can have its output before the next one comes.</summary>
    public static bool CanStream(ModelInfo info) =>
        info.Layers.All(l => l.Wiring.Domain != TimeDomain.Source && LayerOperator.Of(l.Wiring.Operation) is null or { CanStream: true });
}
