namespace FastRnn.Tests.Kernels;

/// <summary>Kernels of a model, called without the runtime.</summary>
internal interface IKernelRun
{
    ModelInfo Info { get; }

    /// <summary>Runs a layer forward and backward.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shape">Of the call.</param>
    /// <param name="width">The vectors' width.</param>
    /// <param name="padding">What stands behind the end of each row that is read.</param>
    /// <param name="scale">What parameters and gradients are multiplied by; first states are 0 if it is not 1.</param>
    KernelResult Run(int layer, KernelShape shape, SimdWidth width, float padding, float scale = 1);
}

/// <summary>What a kernel is called with.</summary>
/// <param name="Steps">T.</param>
/// <param name="Batch">Rows of the buffers.</param>
/// <param name="Begin">The first row that is computed.</param>
/// <param name="End">One past the last.</param>
internal readonly record struct KernelShape(int Steps, int Batch, int Begin, int End);

/// <summary>What came out, without padding.</summary>
/// <param name="States">New states, of the rows that were to be computed.</param>
/// <param name="Gradients">Of first states and inputs, of the same rows.</param>
/// <param name="DPre">Gradients that enter products, the deferred ones of matrices among them.</param>
/// <param name="Trespasses">Places that belong to other rows, or are inputs, and have other bits than before.</param>
internal sealed record KernelResult(float[] States, float[] Gradients, float[] DPre, IReadOnlyList<string> Trespasses);
