using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>Takes values out of JSON, with a message where they are not as they should be.</summary>
internal static class JsonRead
{
    private const int HighestRank = 4;
    private const int LongestText = 1000;

    /// <summary>A property, or null if it is missing or null.</summary>
    public static JsonElement? Property(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A text.</summary>
    public static string Text(JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Wrong(place, "a text", value);
        try
        {
            var text = value.GetString()!;
            return text.Length <= LongestText ? text : text[..LongestText];
        }
        catch (InvalidOperationException e)
        {
            throw new ForeignFileException($"{place}: the text holds half of a surrogate pair", e);
        }
    }

    /// <summary>A name of a property.</summary>
    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new ForeignFileException("a name of a property holds half of a surrogate pair", e);
        }
    }

    /// <summary>A number that is not infinite.</summary>
    public static double Number(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(place, "a number", value);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>; also <c>2.0</c>, and true as 1.</summary>
    public static int Whole(JsonElement value, string place, int least, int most)
    {
        var number = value.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => Number(value, place),
        };
        return number >= least && number <= most && number == Math.Floor(number)
            ? (int)number
            : throw new ForeignFileException($"{place}: expected a whole number from {least} to {most}, got {Show(number)}");
    }

    /// <summary>A number, also one that stands in a text ("48000").</summary>
    public static double NumberOrText(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.String
            && double.TryParse(Text(value, place), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : Number(value, place);

    /// <summary>An array.</summary>
    public static JsonElement Array(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Array ? value : throw Wrong(place, "an array", value);

    /// <summary>Nested arrays of numbers as a tensor in double precision, so that nothing of their decimal digits is lost.</summary>
    /// <exception cref="ForeignFileException">Rows differ in length, or something is no number.</exception>
    public static FileTensor Tensor(JsonElement value, string name)
    {
        var shape = new List<long>();
        long count = 1;
        for (var inner = Array(value, name); ; inner = inner[0])
        {
            if (inner.ValueKind != JsonValueKind.Array)
                break;
            if (shape.Count == HighestRank)
                throw new ForeignFileException($"{name}: expected at most {HighestRank} dimensions");
            shape.Add(inner.GetArrayLength());
            count = Math.Min(count * shape[^1], int.MaxValue);
            if (shape[^1] == 0)
                break;
        }

        // A hostile first row may promise more than the others hold.
        if (count > value.GetRawTextLength())
            throw new ForeignFileException($"{name} [{string.Join(", ", shape)}]: expected {count} numbers, got fewer");
        var data = new byte[count * sizeof(double)];
        var filled = 0;
        Fill(value, 0);
        return new FileTensor(name, ElementType.Float64, shape, data);

        void Fill(JsonElement part, int depth)
        {
            if (depth == shape.Count)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(filled++ * sizeof(double)), Number(part, name));
                return;
            }

            if (part.ValueKind != JsonValueKind.Array || part.GetArrayLength() != shape[depth])
            {
                throw new ForeignFileException(
                    $"{name} [{string.Join(", ", shape)}]: expected {shape[depth]} values in each array of dimension {depth}");
            }

            foreach (var inner in part.EnumerateArray())
                Fill(inner, depth + 1);
        }
    }

    private static int GetRawTextLength(this JsonElement value) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).Length;

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static ForeignFileException Wrong(string place, string expected, JsonElement value) =>
        new($"{place}: expected {expected}, got {value.ValueKind}");
}
