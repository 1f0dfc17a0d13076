using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damages JSON: its tokens, or values of its tree.</summary>
internal sealed partial class TextMutator(Random random)
{
    private static readonly string[] Values =
    [
        "0", "1", "-1", "2", "3", "1.5", "1e300", "-1e999", "1e-320", "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "99999999999999999999", "true", "false", "null", "\"\"", "\"lstm\"", "\"softmax\"", "\"Bidirectional\"", "\"../../../etc/passwd\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"a|b`c\\nd\"", "[]", "{}", "[[1]]", "[0,0]", "[null,null,1]", "[4294967296]", "{\"a\":1}", "NaN",
    ];

    private readonly ByteMutator bytes = new(random);

    /// <summary>One to four changes of tokens, or one of the tree, or now and then of bytes.</summary>
    public byte[] Change(byte[] original) => random.Next(8) switch
    {
        0 => bytes.Change(original),
        1 or 2 or 3 => Tree(original),
        _ => Tokens(original),
    };

    /// <summary>Changes a token of a JSON that stands in the middle of other bytes, whose length must not change.</summary>
    public byte[] InPlace(byte[] original)
    {
        var begin = original.AsSpan().IndexOf("{\""u8);
        if (begin < 0)
            return bytes.Change(original);
        var length = original.AsSpan(begin).IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        length = length < 0 ? original.Length - begin : length;
        var text = Encoding.ASCII.GetString(original, begin, length);
        var tokens = Token().Matches(text);
        var token = tokens[random.Next(tokens.Count)];
        var value = random.Next(2) == 0 ? Values[random.Next(Values.Length)] : tokens[random.Next(tokens.Count)].Value;
        if (value.Length > token.Length)
            return bytes.Change(original);
        var changed = original.ToArray();
        Encoding.ASCII.GetBytes(value.PadRight(token.Length)).CopyTo(changed, begin + token.Index);
        return changed;
    }

    private byte[] Tokens(byte[] original)
    {
        var tokens = Token().Matches(Encoding.UTF8.GetString(original)).Select(m => m.Value).ToList();
        if (tokens.Count == 0)
            return bytes.Change(original);
        for (var times = random.Next(1, 5); times > 0 && tokens.Count > 0; times--)
            Once(tokens);
        return Encoding.UTF8.GetBytes(string.Concat(tokens));
    }

    private void Once(List<string> tokens)
    {
        var at = Pick(tokens);
        var other = Pick(tokens);
        var length = random.Next(1, Math.Min(random.Next(10) == 0 ? 400 : 8, tokens.Count - at) + 1);
        switch (random.Next(8))
        {
            case 0:
                tokens.RemoveRange(at, length);
                break;
            case 1:
                tokens.InsertRange(at, tokens.GetRange(at, length));
                break;
            case 2:
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 3:
                tokens[at] = tokens[other];
                break;
            case 4 when random.Next(40) == 0:
                var deep = random.Next(1, 20_000);
                tokens.Insert(at, new string('[', deep));
                tokens.Insert(Math.Min(tokens.Count, at + 2), new string(']', deep));
                break;
            default:
                tokens[at] = Values[random.Next(Values.Length)];
                break;
        }
    }

    // Most tokens are numbers of weights, which change little.
    private int Pick(List<string> tokens)
    {
        for (var times = 0; times < 30; times++)
        {
            var at = random.Next(tokens.Count);
            if (tokens[at][0] == '"' || random.Next(12) == 0)
                return at;
        }

        return random.Next(tokens.Count);
    }

    private byte[] Tree(byte[] original)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(original);
        }
        catch (JsonException)
        {
            root = null;
        }

        if (root is null)
            return bytes.Change(original);
        for (var times = random.Next(1, 4); times > 0; times--)
            Change(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    // Another value somewhere, one that is missing, or one twice.
    private void Change(JsonNode root)
    {
        var node = root;
        while (true)
        {
            var next = node switch
            {
                JsonObject { Count: > 0 } o => o.ElementAt(random.Next(o.Count)).Value,
                JsonArray { Count: > 0 } a => a[random.Next(a.Count)],
                _ => null,
            };
            if (next is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(10) > 0)
            {
                node = next;
                continue;
            }

            if (node is JsonObject { Count: > 0 } parent)
                Change(parent);
            else if (node is JsonArray { Count: > 0 } list)
                Change(list);
            return;
        }
    }

    private void Change(JsonObject parent)
    {
        var (key, value) = parent.ElementAt(random.Next(parent.Count));
        if (random.Next(6) == 0)
            parent.Remove(key);
        else if (random.Next(8) == 0)
            parent[key + "2"] = value?.DeepClone();
        else
            parent[key] = Value();
    }

    private void Change(JsonArray list)
    {
        var at = random.Next(list.Count);
        if (random.Next(6) == 0)
            list.RemoveAt(at);
        else if (random.Next(4) == 0)
            list.Insert(at, list[random.Next(list.Count)]?.DeepClone());
        else
            list[at] = Value();
    }

    // Values that no tree can hold are left to the tokens.
    private JsonNode? Value()
    {
        var value = Values[random.Next(Values.Length)];
        return value is "NaN" or "\"\\ud800\"" ? null : JsonNode.Parse(value);
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[A-Za-z]+|[^"A-Za-z0-9]
        """)]
    private static partial Regex Token();
}
