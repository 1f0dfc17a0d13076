using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A network as a text that is the same for the same network: to compare what evaluations with other sizes came to.</summary>
internal static class NetworkDigest
{
    /// <summary>The text.</summary>
    public static string Of(Network network)
    {
        var text = new StringBuilder();
        foreach (var layer in network.Layers)
            Write(text, layer);
        Write(text, network.Signature);
        return text.Append(network.InputSize).ToString();
    }

    // Records are written by their properties. Tensors that nodes made are other objects in each evaluation, so a sample of their
    // numbers is written.
    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("- ");
                break;
            case WeightView view:
                text.Append(CultureInfo.InvariantCulture,
                    $"{view.Tensor.Name}+{view.Offset} {view.Rows}x{view.Columns} {view.RowStride},{view.ColumnStride} ");
                text.Append(CultureInfo.InvariantCulture, $"{Hash(view)} ");
                break;
            case string or ValueType:
                text.Append(CultureInfo.InvariantCulture, $"{value} ");
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                    Write(text, item);
                text.Append("] ");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType().Name} {{ ");
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(p => p.GetIndexParameters().Length == 0))
                    Write(text, property.GetValue(value));
                text.Append("} ");
                break;
        }
    }

    private static int Hash(WeightView view)
    {
        const int Samples = 1 << 12;
        var hash = new HashCode();
        for (var i = 0; i < view.Tensor.Count; i += 1 + (view.Tensor.Count / Samples))
            hash.Add(view.Tensor[i]);
        return hash.ToHashCode();
    }
}
