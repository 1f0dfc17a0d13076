using System.Globalization;

namespace FastRnn.Generators.Analysis;

/// <summary>The tensors of a layer in a weights file, under PyTorch's names where PyTorch has any.</summary>
internal static class TensorNames
{
    public static IEnumerable<TensorSpec> Of(ModelGraph model, int index)
    {
        var layer = model.Layers[index];
        var format = Format(model, index);
        var stored = layer.Cell.Tensors;
        var mentioned = new HashSet<string>(stored.SelectMany(t => t.Parts).Where(p => p[0] != '+'));
        return stored
            .Concat(layer.Cell.Parameters.Where(p => !mentioned.Contains(p.Name)).Select(p => new TensorSpec(p.Name, new([p.Name]))))
            .Select(t => t with { Name = string.Format(CultureInfo.InvariantCulture, format, t.Name) });
    }

    /// <summary><c>weight_ih_l0</c> for a recurrent layer; <c>dense.weight</c>, or <c>dense1.weight</c> where there are several.</summary>
    private static string Format(ModelGraph model, int index)
    {
        if (model.Layers[index].Wiring is { } wiring)
        {
            return wiring.TensorFormat;
        }

        if (!model.Layers[index].IsDense)
        {
            return "{0}_l" + index.ToString(CultureInfo.InvariantCulture);
        }

        var number = model.Layers.Take(index).Count(l => l.IsDense);
        return model.Layers.Count(l => l.IsDense) == 1 ? "dense.{0}" : "dense" + number.ToString(CultureInfo.InvariantCulture) + ".{0}";
    }
}
