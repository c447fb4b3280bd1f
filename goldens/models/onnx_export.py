"""A PyTorch model as the .onnx file that exporters publish: ids and masks in, logits out."""

import onnx
import torch


class Logits(torch.nn.Module):
    """The model with positional inputs and one plain output."""

    def __init__(self, model, takes_types):
        super().__init__()
        self.model = model
        self.takes_types = takes_types

    def forward(self, input_ids, attention_mask, token_type_ids=None):
        types = {"token_type_ids": token_type_ids} if self.takes_types else {}
        return self.model(input_ids=input_ids, attention_mask=attention_mask, **types, return_dict=True).logits


def export(model, path, takes_types):
    path.parent.mkdir()
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if takes_types else [])]
    example = tuple(torch.ones(2, 7, dtype=torch.int64) for _ in names)
    axes = {0: torch.export.Dim("batch", min=1, max=4096), 1: torch.export.Dim("sequence", min=2, max=64)}
    program = torch.onnx.export(
        Logits(model, takes_types).eval(),
        example,
        input_names=names,
        output_names=["logits"],
        dynamic_shapes=tuple(axes for _ in names),
        opset_version=18,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    program.save(str(path))
    strip(path)


def strip(path):
    """Removes what the exporter says about the machine and its own source lines."""
    proto = onnx.load(str(path))
    proto.ClearField("metadata_props")
    for graph in [proto.graph, *proto.functions]:
        graph.ClearField("metadata_props")
        graph.ClearField("doc_string")
        for node in graph.node:
            node.ClearField("metadata_props")
            node.ClearField("doc_string")
    for value in [*proto.graph.value_info, *proto.graph.input, *proto.graph.output, *proto.graph.initializer]:
        value.ClearField("metadata_props")
        value.ClearField("doc_string")
    onnx.save(proto, str(path))
