using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <content>What a model has that is more than a chain: several inputs, several times, layers that read any earlier ones.</content>
internal sealed unsafe partial class Workspace<TModel>
{
    private float* mainInput;
    private float* sourceInput;
    private float* condition;

    /// <summary><c>[S, B]</c>: the tokens that the encoder reads.</summary>
    public int* SourceTokens { get; private set; }

    /// <summary>What stands under a number in <see cref="LayerWiring.Sources"/>, padded rows: a layer's outputs from step 0 on, or an input of the model.</summary>
    public float* ValuesOf(int source) => source switch
    {
        LayerWiring.MainInput => Info.IsWired ? mainInput : layers[0].Input,
        LayerWiring.SourceInput => sourceInput,
        LayerWiring.ConditionInput => condition,
        _ => OutputOf(source),
    };

    /// <summary>The length of a row of it, without padding.</summary>
    public static int SizeOf(int source) => source switch
    {
        LayerWiring.MainInput => Info.InputSize,
        LayerWiring.SourceInput => Info.Source!.InputSize,
        LayerWiring.ConditionInput => Info.ConditionSize,
        _ => Info.Layers[source].OutputSize,
    };

    /// <summary>Along which time it runs.</summary>
    public static TimeDomain DomainOf(int source) => source switch
    {
        LayerWiring.MainInput => TimeDomain.Main,
        LayerWiring.SourceInput => TimeDomain.Source,
        LayerWiring.ConditionInput => TimeDomain.Single,
        _ => DomainOf(Info.Layers[source]),
    };

    /// <summary>Along which time a layer runs.</summary>
    public static TimeDomain DomainOf(LayerInfo layer) => layer.Wiring?.Domain ?? TimeDomain.Main;

    /// <summary>The sources of a layer; in a chain the layer before.</summary>
    public static int SourceOf(int layer, int index) => Info.Layers[layer].Wiring?.Sources[index] ?? layer - 1;

    /// <summary>The number of sources of a layer.</summary>
    public static int SourceCount(int layer) => Info.Layers[layer].Wiring?.Sources.Count ?? 1;

    /// <summary>The most steps along a time.</summary>
    public int StepsOf(TimeDomain domain) => domain switch
    {
        TimeDomain.Main => Steps,
        TimeDomain.Source => SourceSteps,
        _ => 1,
    };

    private int StepsOf(LayerInfo layer) => StepsOf(DomainOf(layer));

    /// <summary>The inputs of a wired model; a chain's first layer has its own.</summary>
    private void CarveInputs(ref ArenaLayout layout)
    {
        if (!Info.IsWired)
        {
            return;
        }

        var readsVectors = Info.Layers.Any(l => l.Wiring!.Sources.Contains(LayerWiring.MainInput) && !l.ReadsToken);
        mainInput = layout.Floats(readsVectors ? checked((nint)Steps * Batch * Padding.RoundUp(Info.InputSize)) : 0);
        condition = layout.Floats(checked((nint)Batch * Padding.RoundUp(Info.ConditionSize)));
        if (Info.Source is { } source)
        {
            var positions = checked((nint)SourceSteps * Batch);
            SourceTokens = source.Vocabulary > 0 ? layout.Ints(positions) : null;
            sourceInput = layout.Floats(source.Input == InputKind.Embedding ? 0 : checked(positions * Padding.RoundUp(source.InputSize)));
        }

        mainInput = readsVectors ? mainInput : null;
    }
}
