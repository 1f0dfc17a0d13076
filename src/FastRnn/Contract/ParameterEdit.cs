using FastRnn.Parameters;

namespace FastRnn;

/// <summary>Parameters that may be changed: <c>using (var edit = model.Edit()) { edit.Parameters[0] = 1; }</c>. At the end of the
/// <c>using</c> they are packed for the kernels. Nothing else may use the model meanwhile.</summary>
public readonly ref struct ParameterEdit : IDisposable
{
    private readonly ParameterStore store;
    private readonly int edit;

    internal ParameterEdit(ParameterStore store)
    {
        this.store = store;
        edit = store.BeginEdit();
    }

    /// <summary>All learned numbers, in the order of the model's own <c>Parameters</c>.</summary>
    public Span<float> Parameters => store.Parameters;

    /// <summary>One parameter of a layer, row-major.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">The field's name in the cell.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public Span<float> Parameter(int layer, string name)
    {
        var (offset, count) = Find(store.Info, layer, name);
        return Parameters.Slice(offset, count);
    }

    /// <summary>Packs the parameters for the kernels. Once is enough; the second time does nothing.</summary>
    public void Dispose() => store?.EndEdit(edit);

    internal static (int Offset, int Count) Find(ModelInfo model, int layer, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, model.Layers.Count);
        var info = model.Layers[layer];
        var parameter = info.Parameters.FirstOrDefault(p => p.Name == name) ?? throw new ArgumentException(
            $"Layer {layer} ({info.Cell}) has no parameter '{name}'; it has {string.Join(", ", info.Parameters.Select(p => p.Name))}.",
            nameof(name));
        return (info.ParameterOffset + parameter.Offset, parameter.Count);
    }
}
