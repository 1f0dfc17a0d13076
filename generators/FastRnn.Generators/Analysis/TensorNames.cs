using System.Globalization;

namespace FastRnn.Generators.Analysis;

/// <summary>The tensors of a layer in a weights file, under PyTorch's names where PyTorch has any: <c>weight_ih_l0</c> for a recurrent
/// layer; <c>dense.weight</c>, or <c>dense1.weight</c> where there are several.</summary>
internal static class TensorNames
{
    public static IEnumerable<TensorSpec> Of(ModelGraph model, int index)
    {
        var layer = model.Layers[index];
        var stored = layer.Cell.Tensors;
        var mentioned = new HashSet<string>(stored.SelectMany(t => t.Parts).Where(p => p[0] != '+'));
        return stored
            .Concat(layer.Cell.Parameters.Where(p => !mentioned.Contains(p.Name)).Select(p => new TensorSpec(p.Name, new([p.Name]))))
            .Select(t => t with { Name = string.Format(CultureInfo.InvariantCulture, layer.Wiring.TensorFormat, t.Name) });
    }
}
