namespace FastRnn.Tables;

/// <summary>Where a training is, after each epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="TrainingLoss">The mean loss of the epoch.</param>
/// <param name="ValidationLoss">The loss of what is not learned.</param>
/// <param name="IsBest">Whether that is the smallest so far.</param>
public readonly record struct TableProgress(int Epoch, int Epochs, double TrainingLoss, double ValidationLoss, bool IsBest);
