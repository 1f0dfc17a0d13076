using System.ComponentModel;

using FastRnn.CompilerServices;

namespace FastRnn;

/// <summary>What the generator writes for a <see cref="ModelAttribute"/> class: its tables and its kernels, reached through the
/// type, so that the runtime needs neither reflection nor a virtual call inside a sequence, and the object that holds its parameters.
/// Generic code over models says <c>where TModel : class, IModel&lt;TModel&gt;</c>.</summary>
/// <typeparam name="TSelf">The model itself.</typeparam>
public interface IModel<TSelf> : IDisposable
    where TSelf : class, IModel<TSelf>
{
    /// <summary>Layers, parameters and sizes.</summary>
    static abstract ModelInfo Info { get; }

    /// <summary>The weights that <see cref="WeightsAttribute"/> put into the assembly; nothing for a model without it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual EmbeddedWeights Weights => default;

    /// <summary>The parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelStore<TSelf> Store { get; }

    /// <summary>A model over parameters that were made for it. It owns them from now on.</summary>
    /// <param name="store">The parameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf Create(ModelStore<TSelf> store);

    /// <summary>Runs one layer forward over a block of time for some rows of the batch.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="width">The vector width for which the weights of <paramref name="call"/> are packed.</param>
    /// <param name="call">Sizes and buffers, already checked.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Forward(int layer, SimdWidth width, in LayerCall call);

    /// <summary>Runs one layer backward over a recorded block of time for some rows of the batch: the adjoint recurrence,
    /// then the gradient of the input.</summary>
    /// <inheritdoc cref="Forward" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Backward(int layer, SimdWidth width, in LayerCall call);
}
