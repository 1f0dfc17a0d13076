using System.Security.Cryptography;

using FastRnn.Interchange;
using FastRnn.Interchange.Files;

namespace FastRnn.Cli.Models;

/// <summary>A C# file of the user's of which a model is made: a cell, or the whole declaration.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Bytes">What it says.</param>
/// <param name="IsDeclaration">Whether it is a whole model.</param>
internal sealed record ModelCode(string Path, byte[] Bytes, bool IsDeclaration)
{
    /// <summary>What the files are called in a model's folder.</summary>
    public const string CellFile = "cell.cs", DeclarationFile = "declaration.cs";

    private const string Extension = ".cs";

    /// <summary>Its name in a model's folder.</summary>
    public string FileName => IsDeclaration ? DeclarationFile : CellFile;

    /// <summary>SHA-256, in hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>As text; a byte order mark is none of it.</summary>
    public string Text
    {
        get
        {
            using var reader = new StreamReader(new MemoryStream(Bytes));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Whether what <c>--cell</c> says is meant as a file: <c>my_cell.cs</c>, <c>my_cell.cs:Name</c>, or a path.</summary>
    public static bool IsFile(string text) =>
        Split(text).Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || text.AsSpan().ContainsAny('/', '\\');

    /// <summary>Takes the name of a class off: <c>my_cell.cs:Name</c>.</summary>
    public static (string Path, string? Name) Split(string text) =>
        text.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            ? (text[..(at + Extension.Length)], text[(at + Extension.Length + 1)..]) : (text, null);

    /// <summary>Reads one.</summary>
    /// <exception cref="CommandException">It is missing, too long, no file, or cannot be read.</exception>
    public static ModelCode Read(string path, bool isDeclaration)
    {
        try
        {
            return new(path, FileDoor.ReadAll(path, Imports.DeclarationFile.MostBytes), isDeclaration);
        }
        catch (ForeignFileException e)
        {
            throw CommandException.Failed(e.Message);
        }
    }
}
