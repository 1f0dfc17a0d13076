using FastRnn.Interchange;
using FastRnn.Interchange.Certificates;

namespace FastRnn.Cli.Imports;

/// <summary>What an import that passed gave.</summary>
/// <param name="Names">What it is called.</param>
/// <param name="Declaration">The C#.</param>
/// <param name="Certificate">The comparison.</param>
/// <param name="Network">What was understood.</param>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="EmbedsWeights">Whether the declaration takes the weights into the assembly.</param>
internal sealed record ImportResult(
    ImportNames Names, string Declaration, Certificate Certificate, ForeignNetwork Network, int Parameters, bool EmbedsWeights)
{
    /// <summary>Whether the declaration is the user's own. It is copied where it does not lie already, and never written over.</summary>
    public bool IsFilled { get; init; }

    private bool IsThere
    {
        get
        {
            var target = Path.Combine(Names.Folder, Names.DeclarationFile);
            return IsFilled && EarlierImport.Beginning(target, DeclarationFile.MostBytes + 1) == Declaration;
        }
    }

    /// <summary>Writes all files beside their places, and then moves them there.</summary>
    /// <param name="saveWeights">Writes the weights to a file.</param>
    /// <exception cref="CommandException">The folder cannot be written.</exception>
    public void Write(Action<string> saveWeights)
    {
        CheckTargets();
        var isNew = !Directory.Exists(Names.Folder);
        List<(string Temporary, string Target)> files = [];
        try
        {
            Directory.CreateDirectory(Names.Folder);
            Add(Names.WeightsFile, saveWeights);
            if (!IsThere)
                Add(Names.DeclarationFile, path => File.WriteAllText(path, Declaration));
            Add("certificate.md", path => File.WriteAllText(path, CertificateText.Markdown(Certificate)));
            Add("certificate.json", path => File.WriteAllText(path, CertificateText.Json(Certificate)));
            foreach (var (temporary, target) in files)
                File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            foreach (var (temporary, _) in files)
                File.Delete(temporary);
            if (isNew && Directory.Exists(Names.Folder) && !Directory.EnumerateFileSystemEntries(Names.Folder).Any())
                Directory.Delete(Names.Folder);
            if (e is not (IOException or UnauthorizedAccessException))
                throw;
            throw CommandException.Failed($"{Names.Folder}: cannot be written: {e.Message}");
        }

        void CheckTargets()
        {
            foreach (var name in (string[])[Names.DeclarationFile, Names.WeightsFile, "certificate.md", "certificate.json"])
            {
                var target = Path.Combine(Names.Folder, name);
                if (name == Names.DeclarationFile && IsThere)
                    continue;
                if (Directory.Exists(target) || (File.Exists(target) && !EarlierImport.Wrote(target)))
                    throw CommandException.Failed($"{target}: exists and was not written by an import: choose another --out or --name");
            }
        }

        void Add(string name, Action<string> write)
        {
            // A name of its own: no other file is touched.
            var temporary = Path.Combine(Names.Folder, $".{Guid.NewGuid():N}.new");
            files.Add((temporary, Path.Combine(Names.Folder, name)));
            write(temporary);
        }
    }
}
