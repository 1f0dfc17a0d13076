using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Damages a text: a few tokens go, come, change places or become others.</summary>
internal static class Mutation
{
    private static readonly string[] Words =
    [
        "Vec", "Mat", "Hidden", "Input", "Step", "Sigmoid", "Min", "x", "h", "W", "(", ")", "[", "]", "{", "}", "<", ">", "+", "-", "*",
        "/", "=", "+=",
        ";", ",", ".", "?", "??", "!", "=>", "0", "1", "1e400", "0.1m", "\"s\"", "'c'", "null", "default", "this", "base", "new", "return",
        "var", "if",
        "static", "readonly", "const", "required", "ref", "out", "params", "async", "await", "unsafe", "partial", "sealed", "abstract",
        "record",
        "struct", "class", "interface", "file", "private", "protected", "int", "double", "float", "void", "dynamic", "[Cell]", "[Model]",
        "<T>",
        "switch", "is", "checked", "stackalloc", "\n#if X\n", "\n#endif\n", "\n#pragma warning disable\n", "/*", "*/", "//", "@", "\\u0041",
        "\"\"\"", "$\"",
    ];

    public static string Apply(Random random, string text)
    {
        var tokens = SyntaxFactory.ParseTokens(text).Select(token => token.ToFullString()).ToList();
        for (var i = 1 + random.Next(3); i > 0; i--)
        {
            var at = random.Next(tokens.Count);
            switch (random.Next(6))
            {
                case 0:
                    tokens[at] = "";
                    break;
                case 1:
                    tokens.Insert(at, Words[random.Next(Words.Length)] + " ");
                    break;
                case 2:
                    tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                    break;
                case 3:
                    var other = random.Next(tokens.Count);
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                default:
                    tokens[at] = Words[random.Next(Words.Length)] + " ";
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
