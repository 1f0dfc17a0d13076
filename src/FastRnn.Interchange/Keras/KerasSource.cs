using System.Text;
using System.Text.Json;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Archives;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras;

/// <summary>What the three kinds of files have in common: a declaration, weights, a version.</summary>
/// <param name="Format">For the certificate.</param>
/// <param name="ConfigName">Where the declaration stands.</param>
/// <param name="Config">The declaration.</param>
/// <param name="Version">Who wrote it; null if nothing says so.</param>
/// <param name="Weights">The root of the weights.</param>
internal sealed record KerasSource(string Format, string ConfigName, JsonElement Config, KerasVersion? Version, HdfGroup Weights)
{
    private const string ConfigMember = "config.json";
    private const string MetadataMember = "metadata.json";
    private const string WeightsMember = "model.weights.h5";

    /// <summary>Reads a file by its content, whatever it is called.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="configPath">The declaration of a file that holds only weights; null to look for one beside it.</param>
    public static KerasSource Read(string path, byte[] bytes, string? configPath)
    {
        if (ZipArchiveFile.IsZip(bytes))
            return OpenArchive(path, bytes);
        if (!HdfFile.IsHdf(bytes))
            throw new ForeignFileException($"{path}: expected a file of Keras, which is a zip file or an HDF5 file");

        var root = HdfFile.Read(path, bytes);
        if (root.Text("model_config") is not { } config)
            return OpenWeights(path, root, configPath);

        var name = $"{path}, model_config";
        var version = KerasVersion.Parse(root.Text("keras_version") ?? root.Group("model_weights")?.Text("keras_version"));
        var weights = root.Group("model_weights") ?? throw new ForeignFileException($"{path}: the group 'model_weights' is missing");
        return new KerasSource("Keras .h5", name, KerasJson.Parse(name, Encoding.UTF8.GetBytes(config)), version, weights);
    }

    /// <summary>Reads the weights of a file that holds nothing else.</summary>
    /// <returns>Their root, and who wrote them, if the file says so.</returns>
    /// <exception cref="ForeignFileException">It is no HDF5 file, or declares a model itself.</exception>
    public static (HdfGroup Root, KerasVersion? Version) ReadWeights(string path, byte[] bytes)
    {
        if (!HdfFile.IsHdf(bytes))
            throw new ForeignFileException($"{path}: expected Keras' weights alone (.weights.h5) for a declaration, got no HDF5 file");
        var root = HdfFile.Read(path, bytes);
        return root.Text("model_config") is null
            ? (root, KerasVersion.Parse(root.Text("keras_version")))
            : throw new ForeignFileException($"{path}: declares its model itself: no other declaration is wanted");
    }

    private static KerasSource OpenArchive(string path, byte[] bytes)
    {
        var archive = new ZipArchiveFile(path, bytes);
        var (config, version) = ReadDeclaration(path, archive);

        // What deflated members become counts as memory, too.
        var most = Math.Min((3L * bytes.Length) + (48 << 20), FileDoor.MostBytes);
        var weights = archive.Find(WeightsMember, most) ?? throw Missing(path, archive, WeightsMember);
        return new KerasSource(
            "Keras .keras", $"{path}, {ConfigMember}", config, version, HdfFile.Read($"{path}, {WeightsMember}", weights));
    }

    private static KerasSource OpenWeights(string path, HdfGroup root, string? configPath)
    {
        configPath ??= FindBeside(path, root);
        var bytes = FileDoor.ReadAll(configPath);
        var own = KerasVersion.Parse(root.Text("keras_version"));
        if (ZipArchiveFile.IsZip(bytes))
        {
            var (config, version) = ReadDeclaration(configPath, new ZipArchiveFile(configPath, bytes));
            return new KerasSource("Keras .weights.h5", $"{configPath}, {ConfigMember}", config, own ?? version, root);
        }

        var metadata = Beside(configPath, MetadataMember);
        var beside = metadata is null ? null : VersionOf(metadata, FileDoor.ReadAll(metadata, KerasJson.MostBytes));
        return new KerasSource("Keras .weights.h5", configPath, KerasJson.Parse(configPath, bytes), own ?? beside, root);
    }

    // NAME.keras or NAME.json beside NAME.weights.h5, or config.json as in a .keras file that was unpacked.
    private static string FindBeside(string path, HdfGroup root)
    {
        var name = Path.GetFileName(path);
        var stem = name.Split('.')[0];
        string[] names = [$"{stem}.keras", $"{stem}.json", ConfigMember];
        foreach (var candidate in names.Where(n => n != name && n[0] != '.'))
        {
            if (Beside(path, candidate) is { } beside)
                return beside;
        }

        var kind = KerasWeights.IsByName(root) ? "layers by name" : "layers by class";
        var tensors = root.All().Take(200).Select(t => $"{t.Name} {t.ShapeText()}");
        throw new ForeignFileException(
            $"{path}: holds weights only, and not what is computed with them; expected the model's declaration beside it, as one of "
                + $"{string.Join(", ", names)}, its path, or a declaration of FastRnn to fill. It holds ({kind}):",
            [.. tensors]);
    }

    // A file of a name beside another, if there is one.
    private static string? Beside(string path, string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name)) ? FileDoor.Beside(path, name) : null;

    private static (JsonElement Config, KerasVersion? Version) ReadDeclaration(string path, ZipArchiveFile archive)
    {
        var config = archive.Find(ConfigMember, KerasJson.MostBytes) ?? throw Missing(path, archive, ConfigMember);
        var metadata = archive.Find(MetadataMember, KerasJson.MostBytes) ?? throw Missing(path, archive, MetadataMember);
        return (KerasJson.Parse($"{path}, {ConfigMember}", config), VersionOf($"{path}, {MetadataMember}", metadata));
    }

    private static KerasVersion? VersionOf(string name, ReadOnlyMemory<byte> metadata) =>
        KerasVersion.Parse(KerasJson.Parse(name, metadata).Find("keras_version").AsText());

    private static ForeignFileException Missing(string path, ZipArchiveFile archive, string member) =>
        new($"{path}: expected '{member}' in it, got [{string.Join(", ", archive.Names)}]");
}
