using System.Text.Json.Serialization;

using FastRnn.Cli.Bench;
using FastRnn.Cli.Folders;
using FastRnn.Cli.GradientFlow;
using FastRnn.Cli.History;
using FastRnn.Cli.Search;
using FastRnn.Cli.Tables;
using FastRnn.Cli.Training;

namespace FastRnn.Cli;

/// <summary>What this program reads and writes as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = false,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelConfiguration))]
[JsonSerializable(typeof(TrainingReport))]
[JsonSerializable(typeof(SearchReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(GradflowReport))]
[JsonSerializable(typeof(HistoryFile))]
[JsonSerializable(typeof(TableRunReport))]
internal sealed partial class JsonTexts : JsonSerializerContext;
