using System.Globalization;
using System.Security.Cryptography;

using FastRnn.Data;

namespace FastRnn.Cli.Corpus;

/// <summary>A text to learn: checked, in two parts.</summary>
/// <param name="Path">The file; null is the embedded corpus.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Parts">What is learned and what validates.</param>
internal sealed record TrainingText(string? Path, string Hash, int Bytes, TrainValidationSplit Parts)
{
    /// <summary>More would only be a strain on memory: tokens take four times as much.</summary>
    public const int LargestBytes = 512 << 20;

    /// <summary>Positions of one stream are predicted from those before: fewer than two bytes have none.</summary>
    private const int LeastValidationBytes = 2;

    /// <summary>What to call it.</summary>
    public string Name => Path ?? "FastRnn's own sources";

    /// <summary>What it is, for the first line of a run.</summary>
    public FormattableString Headline =>
        $"text   {Name}: {Parts.Training.Length:n0} bytes to learn, {Parts.Validation.Length:n0} to validate";

    /// <summary>Reads a text.</summary>
    /// <param name="path">The file; null is the embedded corpus.</param>
    /// <param name="batchSize">Streams side by side.</param>
    /// <param name="sequenceLength">Steps of a window.</param>
    /// <exception cref="CommandException">The file is missing, a folder, empty, too short, too long or unreadable.</exception>
    public static TrainingText Read(string? path, int batchSize, int sequenceLength)
    {
        var bytes = path is null ? EmbeddedCorpus.Read() : ReadFile(path);
        var text = path ?? "the embedded corpus";
        if (bytes.Length == 0)
        {
            throw CommandException.Failed($"{text}: the file is empty");
        }

        var required = TrainValidationSplit.RequiredTokens(
            ContiguousStreams.RequiredTokens(batchSize, sequenceLength), LeastValidationBytes);
        if (bytes.Length < required)
        {
            throw CommandException.Failed(string.Create(
                CultureInfo.InvariantCulture,
                $"{text}: shorter than one window: {batchSize} streams of {sequenceLength} steps (and a tenth to validate) need {required} "
                    + $"bytes, got {bytes.Length}"));
        }

        return new TrainingText(
            path,
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            bytes.Length,
            TrainValidationSplit.Of(ByteVocabulary.Encode(bytes)));
    }

    /// <summary>A file's bytes.</summary>
    /// <exception cref="CommandException">It is missing, a folder, too long or unreadable.</exception>
    public static byte[] ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw CommandException.Failed($"{path}: expected a file of text, got a directory");
        }

        if (!File.Exists(path))
        {
            throw CommandException.Failed($"{path}: there is no such file");
        }

        try
        {
            // A pipe has no length, so that it is read until it ends or is too long.
            using var file = File.OpenRead(path);
            using var bytes = new MemoryStream();
            var buffer = new byte[1 << 16];
            int count;
            while ((count = file.Read(buffer)) > 0)
            {
                if (bytes.Length + count > LargestBytes)
                {
                    throw CommandException.Failed($"{path}: expected at most {LargestBytes >> 20} MiB of text, got more");
                }

                bytes.Write(buffer, 0, count);
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: cannot be read: {e.Message}");
        }
    }
}
