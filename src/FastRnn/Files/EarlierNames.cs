using System.Globalization;

namespace FastRnn.Files;

/// <summary>Names of tensors in files of 0.1.0, where the number of a recurrent layer counted the dense layers before it as well. Such a
/// file is read as it is.</summary>
internal static class EarlierNames
{
    private static readonly string[] Parts = ["encoder.", "decoder.", ""];

    /// <summary>The earlier names of a model's tensors, and those of today; empty where all are the same.</summary>
    /// <param name="tensors">In the order of the model.</param>
    public static Dictionary<string, string> Of(IReadOnlyList<ModelTensor> tensors)
    {
        var earlier = new Dictionary<string, string>(StringComparer.Ordinal);
        var dense = Parts.ToDictionary(part => part, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            var part = Parts.First(part => tensor.Name.StartsWith(part, StringComparison.Ordinal));
            var name = tensor.Name[part.Length..];
            if (name.StartsWith("dense", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
            {
                dense[part].Add(name[..dot]);
            }
            else if (Number(name) is { } place)
            {
                var number = int.Parse(name.AsSpan(place.Begin, place.End - place.Begin), CultureInfo.InvariantCulture) + dense[part].Count;
                var old = string.Create(CultureInfo.InvariantCulture, $"{part}{name[..place.Begin]}{number}{name[place.End..]}");
                earlier[old] = tensor.Name;
            }
        }

        return earlier.All(pair => pair.Key == pair.Value) ? [] : earlier;
    }

    /// <summary>Where the number of a layer stands in <c>weight_ih_l0_reverse</c>; null in a name without one.</summary>
    private static (int Begin, int End)? Number(string name)
    {
        var begin = name.LastIndexOf("_l", StringComparison.Ordinal) + 2;
        var end = begin;
        while (begin > 1 && end < name.Length && char.IsAsciiDigit(name[end]))
        {
            end++;
        }

        return begin > 1 && end > begin ? (begin, end) : null;
    }
}
