using FastRnn.Cells;

namespace FastRnn.Samples.Music;

/// <summary>Writes a melody note by note; the style makes the state with which it begins.</summary>
[Model, Embedding(Vocabulary = Note.Vocabulary, Size = 32)]
[Condition(Style.Size, ConditionTarget.State)]
[Layer<Lstm>(128)]
[Dense(Note.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class MelodyModel;
