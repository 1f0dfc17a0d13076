using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>What the generator wrote for a model, without the model's type: tables, and pointers to its kernels.</summary>
internal sealed unsafe class ModelKernels(
    ModelInfo info,
    delegate*<int, SimdWidth, in LayerCall, void> forward,
    delegate*<int, SimdWidth, in LayerCall, void> backward,
    delegate*<EmbeddedWeights> weights)
{
    /// <summary>Layers, parameters and sizes.</summary>
    public ModelInfo Info { get; } = info;

    /// <summary>Runs a layer forward.</summary>
    public delegate*<int, SimdWidth, in LayerCall, void> Forward { get; } = forward;

    /// <summary>Runs a layer backward.</summary>
    public delegate*<int, SimdWidth, in LayerCall, void> Backward { get; } = backward;

    /// <summary>The weights that are part of the assembly.</summary>
    public EmbeddedWeights Weights => weights();

    /// <summary>Those of a class.</summary>
    public static ModelKernels Of<TModel>()
        where TModel : class, IModel<TModel> => new(TModel.Info, &TModel.Forward, &TModel.Backward, &WeightsOf<TModel>);

    private static EmbeddedWeights WeightsOf<TModel>()
        where TModel : class, IModel<TModel> => TModel.Weights;
}
